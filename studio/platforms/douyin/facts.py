"""What Douyin allows, and what a person may set about it; each number with where it was read.

UPLOAD: the upload page of the open platform, PAGE: what tools for its creator page (and their authors' notes) hold to,
CLIENTS: what clients of its API check before they send. The last two were seen in other people's work only.
"""

from __future__ import annotations

from collections.abc import Mapping

from studio.core.words import Words
from studio.platforms.base import Fact, Setting

UPLOAD = "Douyin open platform, video-management/douyin/create/upload, read 2026-11"
PAGE = "creator page of Douyin, as tools that fill it in hold to it, read 2026-11"
CLIENTS = "checks of clients of Douyin's API, read 2026-11"
STATUS = "Douyin open platform, status-code, read 2026-11"
OAUTH = "Douyin open platform, account-permission, read 2026-11"

SECONDS = Fact(15 * 60, UPLOAD)
VIDEO_BYTES = Fact(4 << 30, UPLOAD)
WHOLE_BYTES = Fact(128_000_000, UPLOAD)  # of an upload in one piece
PARTS_FROM = Fact(50_000_000, f"{UPLOAD}: parts are advised over 50 MB")
PART = Fact(20 << 20, f"{UPLOAD}: 20 MB advised for a part")
LEAST_PART = Fact(5 << 20, UPLOAD)
UPLOAD_LASTS = Fact(2 * 3600, f"{UPLOAD}: an upload_id lives two hours")
UPRIGHT = f"{UPLOAD}: vertical, 9:16, 720p and more"
SHORT_SIDE = Fact(720, f"{UPLOAD}: 720p and more")
IMAGE_BYTES = Fact(20_000_000, CLIENTS)
API_IMAGES = Fact(30, CLIENTS)
PAGE_IMAGES = Fact(35, PAGE)
TEXT = Fact(1000, CLIENTS)
TITLE = Fact(30, PAGE)
IMAGES_TITLE = Fact(20, PAGE)
TOPICS = Fact(5, PAGE)
SHORT_TITLE = Fact(12, "Douyin open platform, share schema: short_title, read 2026-11")
RENEWALS = Fact(5, OAUTH)

SETTINGS = (
    Setting(
        "media_base", Words("Your own public storage", "自己的公开存储", "自己的公開儲存空間"),
        Words(
            "An https folder where you put a post's files under their own names. With it, the hand-off shows a QR code "
            "that opens the finished post in the app; empty: no code",
            "一个 https 目录，你会把稿件的文件按原文件名放进去。填了之后，交接时会给出二维码，"
            "用抖音 App 扫一扫就能打开做好的作品；不填就没有二维码",
            "一個 https 目錄，你會把稿件的檔案按原檔名放進去。填了之後，交接時會給出 QR Code，"
            "用抖音 App 掃一掃就能打開做好的作品；不填就沒有 QR Code",
        ),
    ),
    Setting(
        "share_way", Words("How the QR code is made", "二维码的生成方式", "QR Code 的產生方式"),
        Words(
            "The first works for pictures and video; the second is the newer call (get_share), for video only, and "
            "needs the right jump.basic",
            "前一种图片和视频都能用；后一种是较新的接口（get_share），只支持视频，需要 jump.basic 权限",
            "前一種圖片和影片都能用；後一種是較新的介面（get_share），只支援影片，需要 jump.basic 權限",
        ),
        default="signed", choices=("signed", "get_share"),
        called=(Words("Pictures and video", "图片和视频", "圖片和影片"), Words("Video only", "仅视频", "僅影片")),
    ),
    Setting(
        "note_address", Words("Address of picture posts", "图文作品的网址", "圖文作品的網址"),
        Words(
            "What stands in the address of a picture post. Nobody has confirmed “note”; “video” is documented for all",
            "图文作品网址里的那一段。note 未经官方确认；video 有资料可查",
            "圖文作品網址裡的那一段。note 未經官方確認；video 有資料可查",
        ),
        default="video", choices=("video", "note"),
        called=(Words("/video/", "/video/", "/video/"), Words("/note/", "/note/", "/note/")),
    ),
    Setting(
        "comments", Words("Whose comments can be read", "读取评论的接口", "讀取留言的介面"),
        Words(
            "The enterprise way is the older calls, for enterprise accounts that still have them",
            "企业号那种是旧接口，已有权限的账号才能用",
            "企業號那種是舊介面，已有權限的帳號才能用",
        ),
        default="item", choices=("item", "enterprise"),
        called=(Words("Of my works", "自己的作品", "自己的作品"), Words("Enterprise", "企业号", "企業號")),
    ),
)


def setting(identity: Mapping[str, str], name: str) -> str:
    """What was chosen for the account with this identity, else the default."""
    declared = next(s for s in SETTINGS if s.name == name)
    return identity.get(f"set.{name}") or declared.default
