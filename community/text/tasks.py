from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_MARKS = {"[ ] ": False, "[x] ": True, "[X] ": True}


def tasks_plugin(parser: MarkdownIt) -> None:
    """Turn list items that start with [ ] or [x] into labelled, disabled checkboxes."""
    parser.core.ruler.push("tasks", _mark_tasks)


def _mark_tasks(state: StateCore) -> None:
    lists: list[Token] = []
    for index, token in enumerate(state.tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open" and _becomes_task(state.tokens, index):
            token.attrSet("class", "task-list-item")
            lists[-1].attrSet("class", "task-list")


def _becomes_task(tokens: list[Token], index: int) -> bool:
    """Whether the item at index starts with a mark; if so the mark is replaced."""
    if tokens[index + 1].type != "paragraph_open":
        return False
    children = tokens[index + 2].children or []
    if not children or children[0].type != "text" or children[0].content[:4] not in _MARKS:
        return False
    attrs: dict[str, str | int | float] = {"type": "checkbox", "disabled": ""}
    if _MARKS[children[0].content[:4]]:
        attrs["checked"] = ""
    children[0].content = children[0].content[3:]
    children[:0] = [Token("label_open", "label", 1), Token("checkbox", "input", 0, attrs=attrs)]
    children.append(Token("label_close", "label", -1))
    return True
