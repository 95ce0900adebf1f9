"""The built-in disclosure catalogue (公开目录): where an item hangs.

1. The level of a unit decides its tree: province 11 nodes, city and county 11 + 4, township 8, village 9
   (CAT-01, CAT-02, CAT-03; the village's are the rural headings of CAT-06). Codes are locked, names are the law's.
2. An item hangs on at least one node of its unit's tree; an item without one is refused.
3. A service hall shows six sections (CAT-12) whatever the tree; an item may name one of them.
4. A second facet (`topics`) sorts by what people ask about: people, money, things, cases (人财物案, CAT-06).
"""

from dataclasses import dataclass
from typing import Literal

Level = Literal["province", "city", "county", "township", "village"]


@dataclass(frozen=True)
class Node:
    """One heading of the catalogue."""

    code: str
    name: str


_county = (
    "法规规章和规范性文件",
    "发展规划和政策",
    "统计信息",
    "财政预算决算",
    "行政事业性收费",
    "政府集中采购",
    "行政许可和办事指南",
    "重大建设项目",
    "扶贫教育医疗社保就业",
    "突发事件应急",
    "环保公卫安全监督检查",
)
_city = (
    "城乡建设和管理重大事项",
    "社会公益事业建设",
    "征地拆迁和补偿补助",
    "救灾优抚救济捐助款物",
)
_township = (
    "农村工作政策落实",
    "财政收支和专项资金",
    "土地规划和宅基地审核",
    "征地拆迁补偿",
    "债权债务和筹资筹劳",
    "救灾救济款物发放",
    "集体企业承包租赁拍卖",
    "计划生育政策",
)
_village = (
    "财务收支",
    "农民负担",
    "征地与宅基地",
    "计划生育",
    "电价电费",
    "土地与集体项目承包",
    "救灾救济款物",
    "村干部报酬",
    "征兵招工和户口",
)


def _nodes(prefix: str, names: tuple[str, ...]) -> tuple[Node, ...]:
    return tuple(Node(f"{prefix}{number:02d}", name) for number, name in enumerate(names, 1))


_basic, _extra = _nodes("c", _county), _nodes("d", _city)
_trees: dict[str, tuple[Node, ...]] = {
    "province": _basic,
    "city": _basic + _extra,
    "county": _basic + _extra,
    "township": _nodes("t", _township),
    "village": _nodes("v", _village),
}

sections: dict[str, str] = {
    "content": "办事内容",
    "procedure": "办事程序",
    "result": "办事结果",
    "discipline": "办事纪律",
    "commitment": "服务承诺",
    "complaint": "投诉办法",
}
topics: dict[str, str] = {"people": "人", "money": "钱", "things": "物", "cases": "事"}
hot_topic = "hot"  # an editor's mark beside the facets: boards give it the first slot and a share (TIM-07)
kind_names: dict[str, str] = {
    "guide": "办事指南",
    "notice": "通知公示",
    "document": "文件",
    "ledger": "账目",
    "answer": "答复",
    "emergency": "紧急信息",
}

_defaults = {
    "county": {
        "guide": "c07",
        "notice": "c02",
        "document": "c01",
        "ledger": "c04",
        "answer": "c02",
        "emergency": "c10",
    },
    "township": {
        "guide": "t01",
        "notice": "t01",
        "document": "t01",
        "ledger": "t02",
        "answer": "t01",
        "emergency": "t06",
    },
    "village": {
        "guide": "v09",
        "notice": "v01",
        "document": "v01",
        "ledger": "v01",
        "answer": "v01",
        "emergency": "v07",
    },
}


def tree(level: str) -> tuple[Node, ...]:
    """The nodes of one level, in the law's order (rule 1)."""
    return _trees[level]


def node_name(code: str) -> str:
    """The name of a node of any tree, or an empty string."""
    return next((node.name for nodes in _trees.values() for node in nodes if node.code == code), "")


def has_node(level: str, code: str) -> bool:
    """Whether `code` hangs on the tree of `level` (rule 2)."""
    return any(node.code == code for node in tree(level))


def default_node(level: str, kind: str) -> str:
    """The node an import falls back on; whoever uses it records that it is a default."""
    return _defaults.get(level, _defaults["county"])[kind]
