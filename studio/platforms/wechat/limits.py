"""Numbers of an article and of an image post, each with where it was read, and what a person may set about them.

DRAFT: the official page Draft_Box/Add_draft; MEDIA: the official pages on materials and uploadimg; read 2026-11-22.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from studio.core.words import Words
from studio.platforms.base import Cover, Fact, ImageRule, Setting

DRAFT = "developers.weixin.qq.com, Draft_Box/Add_draft, read 2026-11-22"
MEDIA = "developers.weixin.qq.com, uploadimg and add_material, read 2026-11-22"
TITLE = Fact(64, f"{DRAFT}: older text and many clients")
TITLE_ADVISED = Fact(32, f"{DRAFT}: the current page")
AUTHOR = Fact(16, DRAFT)
DIGEST = Fact(128, DRAFT)
DIGEST_MADE = Fact(54, f"{DRAFT}: an empty digest becomes the first characters of the text")
CHARACTERS = Fact(19_999, f"{DRAFT}: fewer than 20,000")
BYTES = Fact(999_999, f"{DRAFT}: less than 1 MB, taken as a million bytes to be safe")
LINK = Fact(1024, f"{DRAFT}: content_source_url")
SLIDES = Fact(20, f"{DRAFT}: image_list of newspic")
INSIDE = Fact(100, "no number is published; our own choice: with more the 20,000 characters are used up by addresses")
INLINE_BYTES = Fact(999_999, f"{MEDIA}: less than 1 MB, taken as a million bytes to be safe")
# A camera's photo of 16 to 24 megapixels is decoded at half its size for this, so sixty of them need little memory.
INLINE_PIXELS = Fact(1_200_000, "our own choice: 1265 by 949 px, nearly twice the column's 677 px")
LONG_WIDTH = Fact(1080, "our own choice: a long picture stays as wide as most phones are, so that it can be read")
LONG_PIXELS = 12_000_000  # of a long picture at most
LIBRARY_BYTES = Fact(10_000_000, f"{MEDIA}: 10 MB")
LIBRARY_IMAGES = Fact(100_000, f"{MEDIA}: pictures in the library")
COVER_PIXELS = Fact(1_200_000, "our own choice: a cover is shown at 900 by 383 px")
COVER_WIDTH, COVER_HEIGHT = 900, 383
COVER_SOURCE = "n8n-nodes-wechat-offiaccount, issue 21: 2.35:1, 900 by 383 px; seen in one project only"
SQUARE = Fact(200, "recalled: at least 200 by 200 px are advised for the square cover")
COLUMN = 677  # px, the width of the article on a desktop: doocs/md, wechat-svg, 2026-08

INLINE = ImageRule(most=INSIDE, bytes=INLINE_BYTES, pixels=INLINE_PIXELS)
def inline_rule(width: int, height: int) -> ImageRule:
    """For a picture of that size (0: not known) inside an article; more than twice as high as wide, it is long."""
    if not width or height <= 2 * width:
        return INLINE
    pixels = min(LONG_WIDTH.value**2 * height // width, LONG_PIXELS)
    return replace(INLINE, pixels=Fact(max(pixels, INLINE_PIXELS.value), LONG_WIDTH.source))


LIBRARY = ImageRule(
    most=SLIDES, formats=("image/jpeg", "image/png", "image/gif", "image/bmp"), bytes=LIBRARY_BYTES, animated=True,
)
COVER = ImageRule(most=Fact(1, DRAFT), bytes=LIBRARY_BYTES, pixels=COVER_PIXELS)
STILL_LIBRARY = replace(LIBRARY, formats=("image/jpeg", "image/png"), animated=False)

COVERS = (
    Cover("cover-900x383", COVER_WIDTH, COVER_HEIGHT, COVER_SOURCE),
    Cover("cover-383x383", COVER_HEIGHT, COVER_HEIGHT, "digital-garden.ygria.site: the usual art board, 1283 by 383"),
)

SETTINGS = (
    Setting(
        "content_limit", Words("What the 20,000 characters count", "两万字符怎么算", "兩萬字元怎麼算"),
        Words(
            "WeChat does not say whether its limit counts the words alone or the tags of the HTML as well. "
            "Choose the second when long articles are refused.",
            "微信没有说明上限只算文字，还是连同 HTML 标签一起算。长文章被拒绝时，选后一种。",
            "微信沒有說明上限只算文字，還是連同 HTML 標籤一起算。長文章被拒絕時，選後一種。",
        ),
        "text", ("text", "html"),
        (Words("Words only", "只算文字", "只算文字"), Words("Tags too", "连同标签", "連同標籤")),
    ),
    Setting(
        "animations", Words("Animated pictures", "动图", "動圖"),
        Words(
            "Pictures inside an article must be JPEG or PNG, so an animation becomes still. They can go "
            "through the library as GIF instead; that is known from use only.",
            "文章内的图片只收 JPEG 和 PNG，动图会变成静态图。也可以改由素材库上传 GIF，"
            "这个做法只有使用经验，没有官方说明。",
            "文章內的圖片只收 JPEG 和 PNG，動圖會變成靜態圖。也可以改由素材庫上傳 GIF，"
            "這個做法只有使用經驗，沒有官方說明。",
        ),
        "still", ("still", "moving"), (Words("Still", "静态", "靜態"), Words("Moving", "会动", "會動")),
    ),
)


def setting(identity: Mapping[str, str], name: str) -> str:
    """What a person chose, else the default."""
    return identity.get(f"set.{name}") or next(s.default for s in SETTINGS if s.name == name)
