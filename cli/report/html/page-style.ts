/** The style sheet of the page: light and dark, narrow and printed; no script, font or picture from anywhere. */
export const pageStyle = `
:root { color-scheme: light dark; --bg: #fff; --fg: #1b1f24; --faint: #57606a; --line: #d0d7de; --panel: #f6f8fa; --accent: #0969da;
  --pass: #116329; --fail: #b3141d; --open: #7d4e00; --pass-bg: #dafbe1; --fail-bg: #ffebe9; --open-bg: #fff1c5; --cloud: #ddf4ff; --wire: #57606a; }
@media (prefers-color-scheme: dark) { :root { --bg: #0d1117; --fg: #e6edf3; --faint: #9aa4ae; --line: #3a424c; --panel: #161b22; --accent: #6cb0ff;
  --pass: #56d364; --fail: #ff8a82; --open: #e3b341; --pass-bg: #12261a; --fail-bg: #35171a; --open-bg: #2e2411; --cloud: #0c2d50; --wire: #9aa4ae; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg); font: 15px/1.5 system-ui, "Segoe UI", "Helvetica Neue", "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 78rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 1.5rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .6rem; padding-top: .5rem; border-top: 1px solid var(--line); }
p { margin: .4rem 0; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--bg); padding: .3rem .6rem; z-index: 1; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: .75rem 0 0; list-style: none; }
.faint { color: var(--faint); }
.badge { display: inline-block; padding: 0 .55em; border-radius: 1em; font-weight: 600; white-space: nowrap; border: 1px solid currentColor; }
.pass { color: var(--pass); background: var(--pass-bg); }
.fail { color: var(--fail); background: var(--fail-bg); }
.undecided, .unknown { color: var(--open); background: var(--open-bg); }
.runtime, .notApplicable, .waived { color: var(--faint); background: var(--panel); }
.scroll { overflow-x: auto; max-width: 100%; border: 1px solid var(--line); border-radius: 6px; background: var(--bg); }
table { border-collapse: collapse; width: 100%; font-size: .93rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .7rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { background: var(--panel); overflow-wrap: normal; }
tbody tr:last-child > * { border-bottom: 0; }
tbody th { font-weight: 600; min-width: 11rem; }
td.verdict { width: 9rem; min-width: 7.5rem; }
td.wide { min-width: 16rem; }
table.matrix th[scope=row] { width: 45%; } table.matrix td.verdict { width: auto; min-width: 14rem; } table.matrix td:nth-child(2) { white-space: nowrap; }
th .faint { font-weight: 400; }
details { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0; background: var(--bg); }
summary { cursor: pointer; padding: .5rem .8rem; overflow-wrap: anywhere; }
details[open] > summary { border-bottom: 1px solid var(--line); background: var(--panel); border-radius: 6px 6px 0 0; }
details > .body { padding: .3rem .8rem .8rem; }
details .scroll { margin: .6rem 0; }
details > .scroll { border: 0; margin: 0; }
summary .rule { font-weight: 600; }
ol.steps { padding-left: 1.6rem; margin: .5rem 0; }
ol.steps li { margin: .15rem 0; overflow-wrap: anywhere; }
ol.steps .behind { color: var(--faint); }
.fix { border-left: 4px solid var(--accent); padding: .35rem .8rem; background: var(--panel); margin: .6rem 0; overflow-wrap: anywhere; }
code { font: .92em ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .6rem 0; }
dt { color: var(--faint); }
dd { margin: 0; overflow-wrap: anywhere; }
footer { padding-bottom: 3rem; margin-top: 2rem; font-size: .9rem; color: var(--faint); }
svg { display: block; }
svg text { font: 12.5px system-ui, "Segoe UI", "Helvetica Neue", "DejaVu Sans", sans-serif; fill: var(--fg); }
svg text.name { font-weight: 600; }
svg.topology { margin: .5rem; }
.node rect { fill: var(--bg); stroke: var(--wire); }
.node.virtualNetwork rect { fill: var(--panel); stroke: var(--line); }
.node.cloudPcSubnet rect { fill: var(--cloud); stroke: var(--accent); stroke-width: 2; }
.node.firewall rect, .node.gateway rect, .node.natGateway rect, .node.appliance rect { stroke-width: 1.5; }
.node.firewall rect { stroke: var(--fail); }
.node.internet rect, .node.onPremises rect { stroke-dasharray: 5 3; }
.edge { fill: none; stroke: var(--wire); stroke-width: 1.4; }
.edge.peering { stroke-width: 3; }
.edge.broken { stroke: var(--fail); stroke-width: 2; stroke-dasharray: 6 4; }
.edge.route { stroke: var(--accent); }
text.edge-label { font-size: 11px; fill: var(--faint); paint-order: stroke; stroke: var(--bg); stroke-width: 3px; }
text.edge-label.broken { fill: var(--fail); }
#arrow path { fill: var(--accent); }
.hop { stroke: var(--accent); stroke-width: 1.6; fill: none; }
.hop.behind { stroke: var(--line); stroke-dasharray: 4 3; }
.station rect { fill: var(--bg); stroke: var(--line); stroke-width: 1.5; }
.station.Allow rect { fill: var(--pass-bg); stroke: var(--pass); }
.station.Deny rect { fill: var(--fail-bg); stroke: var(--fail); stroke-width: 2.5; }
.station.Unknown rect { fill: var(--open-bg); stroke: var(--open); stroke-width: 2.5; }
.station.behind rect { fill: var(--bg); stroke: var(--line); stroke-dasharray: 4 3; }
.station.behind text { fill: var(--faint); }
.station .kind { fill: var(--faint); font-size: 11px; }
.station .mark { font-weight: 700; font-size: 15px; }
@media (max-width: 40rem) { header, main, footer { padding-left: .75rem; padding-right: .75rem; } h1 { font-size: 1.3rem; }
  table.stack thead { position: absolute; left: -99rem; } table.stack, table.stack tbody, table.stack tr, table.stack th, table.stack td { display: block; width: auto; min-width: 0; }
  table.stack tr { padding: .4rem 0; border-bottom: 1px solid var(--line); } table.stack th, table.stack td { border: 0; padding: .1rem .7rem; } table.matrix th[scope=row] { width: auto; }
  td[data-subnet]::before { content: attr(data-subnet) ": "; color: var(--faint); } dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
@media print { :root { color-scheme: light; --bg: #fff; --fg: #000; --faint: #444; --line: #bbb; --panel: #f3f3f3; --accent: #0b4a9e; --pass: #0c4a1f; --fail: #96101a; --open: #6b4300;
  --pass-bg: #fff; --fail-bg: #fff; --open-bg: #fff; --cloud: #e8f2fc; --wire: #444; }
  body { font-size: 10pt; } nav, .skip { display: none; } .scroll { overflow: visible; border: 0; } svg { max-width: 100%; height: auto; }
  details { border: 0; } summary { break-after: avoid; } details::details-content { content-visibility: visible; display: block; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
`;
