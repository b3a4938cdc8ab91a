"""Files in what people write: who may show which, and for how long they stay."""

from collections.abc import Callable

from community.accounts.actions import change_handle
from community.accounts.models import User
from community.attachments.models import Attachment
from community.files.models import File
from community.text.pictures import SIZES
from discussions.topics.actions import blank_revision, edit_post, roll_back
from discussions.topics.models import Post, Topic
from tests.factories.discussions import make_answer
from tests.factories.files import make_file, make_picture


def shown(file: File) -> str:
    return f"![the plan]({file.get_absolute_url()})"


def on(post: Post) -> list[str]:
    rows = Attachment.objects.filter(kind="post", object_id=post.pk)
    return list(rows.order_by("pk").values_list("file__name", flat=True))


def edited(post: Post, source: str, by: User) -> Post:
    return edit_post(post, by=by, source=source, based_on=post.version)


def test_own_picture_is_shown_in_its_sizes(question: Topic, ada: User) -> None:
    file = make_picture(ada, made=False, width=1000, height=500)
    url = file.get_absolute_url()

    answer = make_answer(question, by=ada, source=shown(file))

    assert answer.html == (
        f'<p dir="auto"><a href="{url}"><img src="{url}?w=960" srcset="{url}?w=480 480w,'
        f' {url}?w=960 960w, {url}?w=1000 1000w" sizes="{SIZES}" width="1000" height="500"'
        ' alt="the plan" loading="lazy"></a></p>\n'
    )
    assert on(answer) == ["plan.png"]


def test_somebody_elses_picture_is_a_link_as_a_missing_one(
    question: Topic, ada: User, ben: User
) -> None:
    url = make_picture(ada).get_absolute_url()
    theirs = make_answer(question, by=ben, source=f"![a]({url})")
    missing = make_answer(question, by=ben, source="![a](/f/zzzzzzzzzz/plan.png)")
    assert theirs.html.replace(url, "URL") == '<p dir="auto"><a href="URL">a</a></p>\n'
    assert missing.html.replace("/f/zzzzzzzzzz/plan.png", "URL") == theirs.html.replace(url, "URL")
    assert on(theirs) == []


def test_moderator_who_edits_keeps_the_authors_picture_and_adds_an_own_one(
    question: Topic, ada: User, mia: User
) -> None:
    plan, more = make_picture(ada), make_picture(mia, name="more.png")
    answer = make_answer(question, by=ada, source=shown(plan))
    answer = edited(answer, f"{shown(plan)} and {shown(more)}", by=mia)
    assert answer.html.count("<img") == 2
    assert on(answer) == ["plan.png", "more.png"]


def test_file_stays_while_a_revision_shows_it(question: Topic, ada: User, mia: User) -> None:
    answer = make_answer(question, by=ada, source=shown(make_picture(ada)))
    answer = edited(answer, "Nothing to see.", by=ada)
    assert on(answer) == ["plan.png"]

    answer = roll_back(answer, to=1, by=mia, based_on=2)
    assert "<img" in answer.html


def test_emptied_revision_lets_go_of_its_file(question: Topic, ada: User, mia: User) -> None:
    kept = make_file(ada, name="kept.txt")
    link = f"[kept]({kept.get_absolute_url()})"
    answer = make_answer(question, by=ada, source=f"{shown(make_picture(ada))} {link}")
    answer = edited(answer, link, by=ada)
    blank_revision(answer.revisions.get(number=1), by=mia)
    assert on(answer) == ["kept.txt"]


def test_picture_is_still_shown_after_somebody_named_beside_it_is_renamed(
    question: Topic, ada: User, ben: User, handle_events: Callable[[], None]
) -> None:
    answer = make_answer(question, by=ada, source=f"@ben {shown(make_picture(ada))}")
    before = answer.html
    change_handle(ben, "benjamin", by=ben)
    handle_events()
    answer.refresh_from_db()
    assert answer.html == before.replace("/p/ben", "/p/benjamin").replace("@ben", "@benjamin")
