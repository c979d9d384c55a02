"""Faults of a layout that a reader would see: texts that overlap or are cut off, small targets."""

from __future__ import annotations

from playwright.sync_api import Page

# What is kept for screen readers only is clipped away.
_TEXTS = """
  const clipped = element => {
    for (let step = element; step; step = step.parentElement)
      if (getComputedStyle(step).clipPath !== "none") return true
    return false
  }
  const visible = { opacityProperty: true, visibilityProperty: true }
  const shown = element => element.checkVisibility(visible) &&
    !element.closest("svg, script, style, noscript, option") && !clipped(element)
  const scrolledAway = (element, box) => {
    for (let step = element; step; step = step.parentElement) {
      const frame = step.getBoundingClientRect()
      if (["auto", "scroll"].includes(getComputedStyle(step).overflowY) &&
          (box.top < frame.top - 1 || box.bottom > frame.bottom + 1)) return true
    }
    return false
  }
  const texts = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    if (!node.data.trim() || !shown(node.parentElement)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const box of range.getClientRects()) {
      if (box.width <= 1 || box.height <= 1 || scrolledAway(node.parentElement, box)) continue
      texts.push({ node, box })
    }
  }
"""

_OVERLAPS = f"""() => {{
  {_TEXTS}
  texts.sort((a, b) => a.box.top - b.box.top)
  const found = []
  for (let i = 0; i < texts.length; i++) for (let j = i + 1; j < texts.length; j++) {{
    const [a, b] = [texts[i], texts[j]]
    if (b.box.top >= a.box.bottom) break
    if (a.node === b.node) continue
    // Lines of one paragraph touch, as letters need less room than the line gives them.
    const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left)
    const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top)
    if (width > 2 && height > 0.45 * Math.min(a.box.height, b.box.height))
      found.push(`${{a.node.data.trim().slice(0, 30)}} × ${{b.node.data.trim().slice(0, 30)}}`)
  }}
  return found
}}"""

_CUT = f"""() => {{
  {_TEXTS}
  const found = new Set()
  for (const {{ node, box }} of texts) {{
    for (let step = node.parentElement; step; step = step.parentElement) {{
      const style = getComputedStyle(step), frame = step.getBoundingClientRect()
      const hides = way => ["hidden", "clip"].includes(way)
      if ((hides(style.overflowX) && (box.left < frame.left - 2 || box.right > frame.right + 2)) ||
          (hides(style.overflowY) && (box.top < frame.top - 2 || box.bottom > frame.bottom + 2)))
        found.add(node.data.trim().slice(0, 40))
      if (["auto", "scroll"].includes(style.overflowX)) break
    }}
  }}
  return [...found]
}}"""

_SMALL = """() => [...document.querySelectorAll(
    "button, summary, input:not([type=hidden]), select, textarea, [role=button], [role=tab]")]
  .filter(element => element.checkVisibility({ visibilityProperty: true }))
  .map(element => {
    // What is pressed to reach a box or a file field is its label as well.
    const boxes = [element, ...(element.labels || [])].map(e => e.getBoundingClientRect())
    return [Math.max(...boxes.map(b => b.width)), Math.max(...boxes.map(b => b.height)),
      element.outerHTML.slice(0, 80)]
  })
  .filter(([width, height]) => width < 24 || height < 24)"""


def overlaps(page: Page) -> list[str]:
    """Pairs of texts, neither in a chart, that stand on each other."""
    found: list[str] = page.evaluate(_OVERLAPS)
    return found


def cut_texts(page: Page) -> list[str]:
    """Texts of which a box hides a part and gives no way to scroll to it."""
    found: list[str] = page.evaluate(_CUT)
    return found


def small_targets(page: Page) -> list[tuple[float, float, str]]:
    """Controls below 24 × 24 px. Links are left to axe, which knows the rule's exceptions."""
    found: list[tuple[float, float, str]] = page.evaluate(_SMALL)
    return found
