"""How the page of a report looks: one style sheet, on light and on dark paper, on a screen and printed."""

# Each colour on light and on dark. Text has 4.5 to 1 against the paper it is on, a mark 3 to 1.
PALETTE = {
    "paper": ("#fbfaf7", "#15181b"),
    "ink": ("#23272b", "#e6e4df"),
    "quiet": ("#5a626b", "#a5abb2"),
    "line": ("#dedad1", "#363c42"),
    "pale": ("#eeebe4", "#23282d"),
    "accent": ("#1c6b5a", "#6cc3ab"),
    "soft": ("#5d8f80", "#4f8778"),
    "warm": ("#8f4a00", "#e6ad64"),
}


def style() -> str:
    """Return the style sheet."""
    light, dark = (
        "".join(f"--{name}:{each[at]};" for name, each in PALETTE.items()) for at in (0, 1)
    )
    return (
        f":root{{color-scheme:light dark;{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{_SHEET}"
    )


_SHEET = """*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:break-word;
font:1rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Hiragino Sans","Yu Gothic UI","Noto Sans CJK JP",sans-serif}
body>*{max-width:48rem;margin:0 auto;padding:0 1.25rem}
h1,h2,h3,blockquote,.figure{font-family:Charter,"Iowan Old Style","Palatino Linotype",Georgia,
"Hiragino Mincho ProN","Yu Mincho","Noto Serif CJK JP",serif}
h1,h2,h3{line-height:1.3;text-wrap:balance;font-weight:600}
h1{font-size:2rem;margin:0 0 .25rem}
h2{font-size:1.35rem;margin:0 0 .75rem}
h3{font-size:1.1rem;margin:0 0 .35rem}
p,ul,ol,dl,table,figure,blockquote,details{margin:0 0 1rem}
body>header{padding-top:3rem;padding-bottom:.5rem}
section{border-top:1px solid var(--line);padding:1.75rem 0 .75rem}
article{margin:0 0 2rem}
body>footer{padding-bottom:2rem}
body>footer p{border-top:1px solid var(--line);padding-top:1rem}
.quiet,figcaption,caption,summary,body>footer,dt{color:var(--quiet)}
.small,figcaption,caption,summary,body>footer,.facts dt,.marks{font-size:.875rem}
.warm{color:var(--warm)}
.text{white-space:pre-line;overflow-wrap:anywhere}
.broad>*{max-width:64rem}
code{font-family:ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.9em}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:1rem 1.5rem;margin:1.25rem 0 1.5rem}
.facts dd{margin:0}
.facts .figure{display:block;font-size:1.35rem;line-height:1.3}
blockquote{border-left:3px solid var(--soft);padding:.1rem 0 .1rem 1rem;margin:0 0 .75rem}
blockquote footer{font:400 .875rem/1.5 system-ui,sans-serif;color:var(--quiet)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:0 0 .4rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line)}
th{font-weight:500}
thead th,thead td{color:var(--quiet);font-size:.875rem;vertical-align:bottom}
tfoot th,tfoot td{border-bottom:0;font-weight:600}
td.number,th.number{text-align:right}
th:last-child,td:last-child{padding-right:0}
.wide{overflow-x:auto;margin:0 0 1rem}
.wide th[scope=row]{min-width:9rem;overflow-wrap:anywhere}
.wide td{white-space:nowrap}
.wide:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
summary{cursor:pointer}
details[open] summary{margin-bottom:.5rem}
svg{display:block;width:100%;height:auto;overflow:visible}
svg text{font-family:inherit;font-size:10px;fill:var(--quiet)}
svg .end{text-anchor:end}
.chart{max-width:30rem}
.dots{width:6.5rem}
td>svg{margin-top:.4rem}
.sub{display:inline-block;padding-left:1.1rem;color:var(--quiet)}
.line{fill:none;stroke:var(--accent);stroke-width:1.75;stroke-linejoin:round;stroke-linecap:round}
.fine{stroke-width:.75}
.rule{fill:none;stroke:var(--line);stroke-width:1}
.aim{fill:none;stroke:var(--quiet);stroke-width:1;stroke-dasharray:3 3}
.none{fill:var(--pale)}
.gone{fill:var(--paper);stroke:var(--quiet);stroke-dasharray:2 2}
.full{fill:var(--accent)}
.part{fill:var(--soft)}
.late{fill:var(--warm)}
.ring{fill:var(--paper);stroke:var(--accent);stroke-width:1.5}
.missed{fill:none;stroke:var(--warm);stroke-width:1.5}
.coming{fill:none;stroke:var(--accent);stroke-width:1.25;stroke-dasharray:2 1.6}
.pause{fill:none;stroke:var(--quiet);stroke-width:1}
.today{fill:none;stroke:var(--ink);stroke-width:1.25}
.marks{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;color:var(--quiet)}
.named{display:flex;align-items:baseline;gap:.45rem}
.named svg{width:.65rem;flex:none}
svg .named{paint-order:stroke;stroke:var(--paper);stroke-width:3px}
.marks li{display:flex;align-items:center;gap:.4rem}
.marks svg{width:.95rem;flex:none}
.ends{display:flex;justify-content:space-between;gap:1rem;font-size:.875rem;margin:.25rem 0 0}
.levels{list-style:none;padding:0}
.levels li{padding:.15rem 0 .15rem .8rem;border-left:3px solid var(--line)}
.levels li[aria-current]{border-left-color:var(--accent);font-weight:600}
.plain{list-style:none;padding:0}
.plain>li{margin:0 0 .9rem}
@media (max-width:30rem){svg text{font-size:11.5px}h1{font-size:1.6rem}body>header{padding-top:1.75rem}}
@media print{
@page{margin:18mm}
body{font-size:10pt;background:none}
body>*{max-width:none;padding:0}
body>header{padding-top:0}
h2,h3,caption{break-after:avoid}
article,figure,blockquote,tr,li{break-inside:avoid}
details::details-content{content-visibility:visible;height:auto}
.wide{overflow:visible}
svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
"""
