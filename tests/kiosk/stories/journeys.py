"""The journeys of the brief (DOMAIN B1, B2) as far as a kiosk tells them: what is tapped and what is seen."""

from content_sync.domain import limits
from tests.kiosk.stories.telling import (
    Forgotten,
    Gives,
    Marked,
    Papers,
    Passes,
    Rings,
    Scans,
    Served,
    Stands,
    Stored,
    Story,
    Tap,
    never,
    sees,
)

_counted_down = limits.idle_seconds - limits.idle_warning_seconds + 1
_elder_counted_down = limits.elder_idle_seconds - limits.idle_warning_seconds + 1

walk_in: Story = (
    # 1. The idle screen.
    sees("清河县政务服务大厅", "点一下屏幕", "办事 · 取号 · 看公开 · 提意见", "监督电话 0000-1234567"),
    Tap("点一下屏幕"),
    sees("您要办什么事？", "办事指南", "取号排队", "政务公开", "我要反映", "看病报销", "低保救助", "建房盖房"),
    # 2. People's words, not departments'.
    Tap("办事指南"),
    sees("看病报销", "低保救助", "建房盖房", "身份证"),
    never("县医疗保障局", "县民政局", "县公安局"),
    # 3. Types nothing but initials; results after the second letter, no bar of candidates needed.
    Tap("首页"),
    Tap("找一件事"),
    Tap("Y"),
    Tap("Y"),
    sees("开店办营业执照"),
    Tap("首页"),
    Tap("办事指南"),
    Tap("身份证"),
    # 4. The guide: materials first, both time limits in words, the fee, the window.
    sees("补办身份证", "户口簿", "旧身份证", "20", "工作日", "承诺，法定60天", "3", "号窗口", "一楼左手"),
    # 5. My case: the list shrinks; a slip of my case on paper or to scan.
    sees("第 1 问，共 3 问", "身份证怎么了？", "不清楚"),
    Tap("坏了"),
    Tap("返回"),  # a finger that slipped: the question comes again
    Tap("丢了"),
    sees("第 2 问，共 3 问", "给谁办？"),
    Tap("给自己办"),
    sees("第 3 问，共 3 问", "户口在哪里？"),
    Tap("户口在本县"),
    sees("您的情况：丢了、给自己办、户口在本县", "您要带 1 样（清单共 4 样）", "户口簿", "40"),
    never("旧身份证"),
    Tap("告知单"),
    sees("您的情况：丢了、给自己办、户口在本县", "您要带 1 样（清单共 4 样）", "户口簿", "打印这张单子"),
    never("旧身份证"),
    Tap("打印这张单子"),
    Papers(1),
    Tap("用手机带走"),
    Scans("qh-sfz-buling"),
    Tap("返回"),
    Tap("返回"),
    # 6. A ticket on the same page: number, how many ahead, where, and between which minutes as soon as the hall says.
    Tap("在这里取号"),
    Gives("A023", 4),
    sees("A023", "前面还有 4 人", "户口和身份证"),
    Stands("waiting", ahead=4),
    sees("A023", "大约还要 6—19 分钟"),
    Papers(2),
    Scans("http"),
    Tap("怎么走"),  # which corner of the hall to wait at
    sees("请坐下等，叫到了大屏会写去哪个窗口。", "您在这里"),
    Tap("返回"),
    sees("A023", "大约还要 6—19 分钟"),
    # 7. Watching: how my number stands.
    Tap("首页"),
    Tap("取号排队"),
    Tap("查号、预约报到"),
    Tap("A"),
    Tap("0"),
    Tap("2"),
    Tap("3"),
    Tap("查一下"),
    Stands("waiting", ahead=2),
    sees("A023", "2 人"),
    Tap("再查一次"),
    Stands("called", window=3),
    sees("A023", "正在叫您，请到", "3 号窗口"),
    Tap("怎么走"),
    sees("到 3 号窗口", "一楼左手", "您在这里"),
    # 9. Served: rates; nothing is chosen in advance, nothing need be said besides.
    Tap("首页"),
    Served("A023", 3),
    Tap("评价服务"),
    Tap("A023"),
    sees("这一次，您满意吗？", "非常满意", "满意", "基本满意", "不满意", "非常不满意"),
    Tap("非常满意"),
    Stored("rating", 0),  # until it is sent: a finger that slipped can go back
    Tap("送出评价"),
    Stored("rating", 1),
    # 10. Walks away: a countdown in plain sight, then nothing is left.
    Passes(_counted_down),
    sees("您还在看吗？", "再给我一点时间"),
    Passes(limits.idle_warning_seconds),
    sees("点一下屏幕"),
    never("A023"),
    Forgotten(),
)

walks_away: Story = (
    # 9. The other end of it: opens the rating and leaves. Nothing is stored, not even a good one.
    Served("A023", 3),
    Tap("点一下屏幕"),
    Tap("评价服务"),
    Tap("A023"),
    sees("这一次，您满意吗？"),
    Passes(_counted_down),
    Tap("再给我一点时间"),
    sees("这一次，您满意吗？"),
    Passes(limits.idle_seconds),
    sees("点一下屏幕"),
    Stored("rating", 0),
    Forgotten(),
)

elderly: Story = (
    # 1–2. Large type at once, and white on black for who wants it; on every screen from now on.
    Tap("大字"),
    sees("怎样看得清楚？", "黑底白字"),
    Tap("黑底白字"),
    Tap("好了，接着看"),
    sees("您要办什么事？"),
    # 4. Low: everything to touch in the lower half.
    Tap("低位"),
    sees("您要办什么事？"),
    Tap("办事指南"),
    Tap("低保救助"),
    sees("办低保", "不收费", "7", "号窗口"),
    # 3. Read aloud, until the key is touched again.
    Tap("朗读"),
    Marked(True),
    sees("办低保"),
    Tap("朗读"),
    Marked(False),
    sees("办低保"),
    Tap("返回"),
    # 5. A person: the bell, then who comes.
    Tap("找人帮忙"),
    Tap("请人过来"),
    Rings(),
    sees("帮办台的铃响了"),
    Rings("周晓梅"),
    sees("周晓梅 正在过来，请在这里等一下。"),
    # 6. Goes first for age, without a proof at the machine.
    Tap("首页"),
    Tap("取号排队"),
    Tap("我要优先"),
    Tap("65岁以上老人"),
    Tap("救助和婚姻"),
    Gives("F008", 1),
    sees("F008"),
    # 7. A slip in large type; the code is never the only way.
    Papers(1, large=True),
    # 2. No limit without more time.
    Passes(limits.idle_seconds + 1),
    sees("F008"),
    Passes(_elder_counted_down - limits.idle_seconds - 1),
    sees("您还在看吗？", "再给我一点时间"),
    Tap("再给我一点时间"),
    sees("F008"),
    # 8. Walks away: the next one sees the usual screen.
    Passes(limits.elder_idle_seconds),
    sees("点一下屏幕"),
    never("F008"),
    Forgotten(),
)

somebody_before: Story = (
    # Whoever stood here before: spelled something, took a number, and left.
    Tap("点一下屏幕"),
    Tap("找一件事"),
    Tap("Q"),
    Tap("X"),
    Tap("W"),
    sees("Q X W"),
    Tap("首页"),
    Tap("取号排队"),
    Tap("社保和养老"),
    Gives("B777", 9),
    sees("B777"),
    Papers(1),
    Passes(limits.idle_seconds),
    Forgotten(),
)
left_behind = ("Q X W", "B777")

stories: dict[str, Story] = {"walk in": walk_in, "walks away": walks_away, "elderly": elderly}
