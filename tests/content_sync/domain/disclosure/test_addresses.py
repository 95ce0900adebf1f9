import pytest

from content_sync.domain.disclosure.addresses import public_address_fault


@pytest.mark.parametrize(
    "url",
    [
        "https://www.gov.cn/zhengce/",
        "HTTP://WWW.GOV.CN",
        "http://www.sczwfw.gov.cn:8080/jiq/front?areaCode=511602000000&itemCode=511Z07001006-511602000000",
        "http://政务.中国/",
        "http://gov.cn./",
        "http://114.114.114.114/",
        "http://[2400:3200::1]/",
    ],
)
def test_public_addresses_pass(url):
    """An address that any phone can reach has no fault."""
    assert public_address_fault(url) == ""


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "www.gov.cn",
            "//www.gov.cn",
            "ftp://www.gov.cn",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "http:///x",
        ),
        *(
            "http://oa/",
            "http://localhost/",
            "http://LOCALHOST./",
            "http://oa.local/",
            "http://oa.lan",
            "http://x.internal",
        ),
        *("http://oa.corp", "http://a.home.arpa", "http://x.localdomain:80/"),
        *(
            "http://10.1.2.3/",
            "http://192.168.0.1",
            "http://172.31.255.255",
            "http://127.0.0.1",
            "http://169.254.169.254",
        ),
        *(
            "http://100.64.0.1",
            "http://0.0.0.0",
            "http://0/",
            "http://224.0.0.1",
            "http://255.255.255.255",
            "http://10.1/",
        ),
        *("http://2130706433/", "http://0x7f000001/", "http://0x7f.1", "http://017700000001/", "http://0300.0250.0.1/"),
        *("http://１２７.0.0.1/", "http://127。0。0。1/", "http://①②⑦.0.0.1/"),
        *(
            "http://[::1]/",
            "http://[fc00::1]/",
            "http://[fe80::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://[::10.0.0.1]/",
        ),
        *("http://[64:ff9b::a00:1]/", "http://[2002:a00:1::]/", "http://[fe80::1%25eth0]/", "http://[::1"),
        *("http://admin:1@www.gov.cn/", "http://www.gov.cn@10.0.0.1/", "http://www.gov.cn%2e10.0.0.1/"),
        *("http://www.gov.cn:99999/", "http://www gov.cn/", "http://www.gov.cn\\@oa/", "http://www.gov.cn/\x00"),
        *("http://256.1.1.1/", "http://1.2.3.4.5/", "http://gov..cn/"),
    ],
)
def test_addresses_a_phone_cannot_open_are_refused(url):
    """Inner networks, odd schemes and disguised spellings are refused with a Chinese sentence."""
    assert public_address_fault(url).endswith("。")
