"""A page that needs nothing else: no network, everything escaped, light or dark as the reader's computer is."""

from __future__ import annotations

import html

_STYLE = """
body { margin: 0; background: #fff; color: #1b1a24; font: 16px/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
main > .course { margin-inline: 0; }
main > h2 { font-size: 1.25rem; }
main > details { margin: .6rem 0; } main > details > summary { cursor: pointer; font-weight: 600; }
main table { border-collapse: collapse; }
main th, main td { padding: .3rem .8rem .3rem 0; text-align: start; vertical-align: top; }
[data-jp-theme-light="false"] body { background: #100f15; color: #f1f0f6; }
@media print { main { max-width: none; padding: 0; } .course { break-inside: avoid; } }
"""
_THEME = (
    "document.documentElement.dataset.jpThemeLight = "
    "String(!matchMedia('(prefers-color-scheme: dark)').matches || matchMedia('print').matches);"
)


def standalone(title: str, body: str, script: str = "") -> str:
    """A whole HTML document around `body`, which is escaped already; `script` is the course's own."""
    return (
        "<!doctype html>\n"
        f'<html lang="en" data-jp-theme-light="true"><head><meta charset="utf-8"><title>{html.escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{_STYLE}</style><script>{_THEME}</script></head>\n<body><main>\n{body}\n</main>"
        f"{f'<script>{script}</script>' if script else ''}</body></html>\n"
    )
