"""The words after `bridgehead terms`: each is a module with `HELP`, `add_arguments(parser)` and `run(options) -> exit code`.

A new one is a module and a line in `COMMANDS`; it is imported when it is asked for.
"""

COMMANDS = {
    "import": "bridgehead.terminology.commands.importing",
    "export": "bridgehead.terminology.commands.exporting",
    "search": "bridgehead.terminology.commands.searching",
    "recognise": "bridgehead.terminology.commands.recognising",
    "epub": "bridgehead.terminology.commands.epub",
    "pdf": "bridgehead.terminology.commands.pdf",
    "load": "bridgehead.terminology.commands.loading",
}
