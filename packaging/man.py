#!/usr/bin/env python3
"""Writes the manual page bailanys(1) from what the program says of its commands (`bailanys --experimental-dump-help`)."""
import json
import sys


def text(words):
    """Words for roff: nothing at the beginning of a line is taken for a request."""
    lines = (words or "").replace("\\", "\\e").replace("-", "\\-").split("\n")
    return "\n".join(("\\&" + line) if line[:1] in (".", "'") else line for line in lines)


def names(argument):
    found = []
    for name in argument.get("names") or []:
        found.append(("--" if name["kind"] == "long" else "-") + name["name"])
    return found


def write(command, path, out):
    path = path + [command["commandName"]]
    children = [each for each in command.get("subcommands") or [] if each.get("shouldDisplay", True)]
    if len(path) > 1 and path[-1] != "help":
        out.append(f'.SS {text(" ".join(path))}')
        out.append(text(command.get("abstract")))
        if command.get("discussion"):
            out += [".PP", text(command["discussion"]).replace("\n", "\n.br\n")]
        for argument in command.get("arguments") or []:
            if not argument.get("shouldDisplay", True) or "--help" in names(argument) or "--version" in names(argument):
                continue
            label = ", ".join(names(argument)) or f'<{argument.get("valueName", "")}>'
            value = f' <{argument["valueName"]}>' if argument["kind"] == "option" and argument.get("valueName") else ""
            out += [".TP", f".B {text(label + value)}", text(argument.get("abstract") or " ")]
    for child in children:
        if child["commandName"] != "help":
            write(child, path, out)


tree = json.load(sys.stdin)
day, version = sys.argv[1], sys.argv[2]
root = tree["command"]
page = [
    f'.TH BAILANYS 1 "{day}" "bailanys {version}" "User Commands"', ".SH NAME", "bailanys \\- " + text(root["abstract"]),
    ".SH SYNOPSIS", ".B bailanys", "COMMAND [OPTIONS]", ".SH DESCRIPTION",
    text(root.get("discussion")).replace("\n\n", "\n.PP\n"), ".SH COMMANDS",
]
write(root, [], page)
page += [
    ".SH ENVIRONMENT", ".TP", ".B BAILANYS_DATA", "The data folder.", ".TP", ".B BAILANYS_HOME",
    "The folder that holds schedules/ and knowledge/.", ".SH FILES", ".TP", ".I /etc/default/bailanys",
    "What the service is started with.", ".TP", ".I /var/lib/bailanys/data", "The data folder of the service.", ".TP",
    ".I /etc/bailanys/schedules", "The law as data.", ".SH SEE ALSO",
    ".I /usr/share/doc/bailanys/administration.md",
]
print("\n".join(page))
