# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""A picture from a telephone: the address is shown, a browser sends two pictures there by the plain form, one is taken and
the other not, and when the window is closed the address is over.
"""
import re
import urllib.error
import urllib.request

from accessible import SENSITIVE
from clerk import TRANSFER_UNIT
from journey import begin, close
from reviewed import Story
from stage import wait


def play(factory, environment, home, pictures):
    window, clerk = begin(factory, TRANSFER_UNIT)
    story = Phone(window, clerk, home, pictures)
    story.photograph()
    story.opening()
    story.telephone()
    close(window)


class Phone(Story):
    def picture(self, name):
        if self.pictures and name.startswith("phone"):
            self.window.settle()
            self.window.picture(self.pictures / f"{name}.png")

    def telephone(self):
        window = self.window
        window.do("account-opening-next")
        window.see("征信授权书", 10)
        window.do("account-opening-phone")
        address = wait(lambda: next(iter(re.findall(r"http://127\.0\.0\.1:\d+/p/[\w-]{22}", "\n".join(window.texts()))),
                                    None), "the address", 20)
        window.see("还剩 10 分钟")
        self.picture("phone-code")
        with urllib.request.urlopen(address) as page:
            text = page.read().decode()
        assert "尾号 0016" in text and "欧阳娜娜" not in text and "<script" not in text, text
        assert "已收到 1 张照片" in send(address, b"no picture at all")
        window.see("不要", 20)
        self.picture("phone-no-picture")
        assert send(address, self.photo.read_bytes()) is None, "it took two"
        window.click("不要：照片 1")
        window.gone("不要", 20)
        window.agree("停止")
        window.gone("还剩", 20)
        self.again(address)

    def again(self, before):
        """Another address; this time it is a picture, and it is taken."""
        window = self.window
        assert send(before, self.photo.read_bytes()) is None
        window.do("account-opening-phone")
        address = wait(lambda: next(iter(re.findall(r"http://127\.0\.0\.1:\d+/p/[\w-]{22}", "\n".join(window.texts()))),
                                    None), "another address", 20)
        assert address != before
        send(address, self.photo.read_bytes())
        button = wait(lambda: window.find("收下：照片 1"), "the picture", 20)
        wait(lambda: button.has(SENSITIVE), "the picture to be looked at", 20)
        self.picture("phone-arrived")
        window.click("收下：照片 1")
        window.gone("收下：照片 1", 20)
        window.agree("停止")
        window.see("附件已齐", 30)
        self.picture("phone-taken")


def send(address, data):
    """What the page says; None where the address takes nothing any more."""
    body = b'--x\r\nContent-Disposition: form-data; name="pictures"; filename="a.jpg"\r\n\r\n' + data + b"\r\n--x--\r\n"
    request = urllib.request.Request(address, body, {"Content-Type": "multipart/form-data; boundary=x"})
    try:
        with urllib.request.urlopen(request) as page:
            return page.read().decode()
    except urllib.error.HTTPError as error:
        assert error.code == 410, error
        return None
