"""The reference of the command line, made from the commands themselves."""

from __future__ import annotations

import click

from renkei.cli import COMMANDS, root

HEAD = """# コマンドの一覧（renkei）

このページは `python scripts/build_cli_reference.py` がコマンド自身から作ります。手では直さないでください。

どのコマンドも同じ約束に従います。

- `--json`：1行に1つの JSON（UTF-8）。
- `-o FILE`：書き出すファイル。`-o -` は標準出力。ファイルは全部書けたときだけ置き換わります。
- 入力の `-`：標準入力から読みます。
- `--quiet`：途中経過や件数（標準エラー出力）を出しません。
- 出力は Windows でも常に UTF-8、改行は LF です。
- 終了コード：0 できた、1 renkei の誤り（記録の場所を1文で示す）、2 指定か入力の誤り、3 できたが確かめるべきものがある。
- 補完：`renkei completion bash >> ~/.bashrc`
"""


def reference() -> str:
    """Return the reference as Markdown."""
    parts = [HEAD]
    top = click.Context(root, info_name="renkei")
    for name in COMMANDS:
        command = root.get_command(top, name)
        if command is not None:
            parts += _told(command, click.Context(command, info_name=name, parent=top), 2)
    return "\n".join(parts)


def _told(command: click.Command, context: click.Context, level: int) -> list[str]:
    parts = [f"{'#' * level} {context.command_path}\n", f"{command.help or ''}\n"]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            own = command.get_command(context, name)
            if own is not None:
                parts += _told(own, click.Context(own, info_name=name, parent=context), level + 1)
        return parts
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    parts.append(f"`{context.command_path} [指定] {' '.join(each.make_metavar(context) for each in arguments)}`\n")
    parts += ["| 指定 | 意味 |", "|---|---|"]
    for each in command.params:
        if isinstance(each, click.Option):
            names = " ".join(f"`{name}`" for name in each.opts)
            value = "" if each.is_flag else f" {each.make_metavar(context)}"
            need = "（必須）" if each.required else ""
            parts.append(f"| {names}{value} | {each.help or ''}{need} |".replace("bash|zsh", "bash\\|zsh"))
    if command.epilog:
        parts.append(f"\n{command.epilog}")
    parts.append("")
    return parts
