--[[ From the page of a brief to Word's named styles.

The page is the same HTML that makes the PDF and the web edition; this filter says which of its
classes becomes which style of reference.docx. To use a style of your own, change a line of these
tables, or write data-custom-style="My Style" on the element in the HTML template. ]]

-- The class of a block (or of its list): the style of the paragraphs in it.
local block_styles = {
  kicker = "Kicker",
  subtitle = "Subtitle",
  ["bottom-line"] = "Bottom Line",
  figures = "Figures",
  caveat = "Caveat",
  ["part-of"] = "Caveat",
  quotation = "Quotation",
  ["quotation-source"] = "Evidence Note",
  support = "Evidence Note",
  intro = "Lead-in",
  ["figure-note"] = "Figure Note",
  sources = "Source",
  source = "Source",
  colophon = "Colophon",
  named = "Named Actors",
}

-- The same for the headings within such a block; elsewhere h2 is "Heading 1", h3 "Heading 2".
local heading_styles = { ["bottom-line"] = "Bottom Line Heading", entry = "Entry Heading" }

-- The class of a span: its character style. See also `span` for actor-1, actor-2 and so on.
local inline_styles = {
  label = "Label",
  ["actor-other"] = "Actor Other",
  muted = "Muted",
  quoted = "Quoted",
  basis = "When",
  caveat = "Muted",
  events = "Reference",
  role = "Muted",
  when = "When",
  appraisal = "Appraisal",
}
-- The same for links within the document, which are of a place if nothing else; others keep
-- Word's own style "Hyperlink".
local link_styles = { cite = "Reference Link", address = "Address" }
-- Classes of spans that begin a line of their own, and of those that are nothing but a new line.
local own_line = { basis = true }
local line_break = { sep = true }
local actor_styles = 8 -- "Actor 1" to "Actor 8"

-- The class of a table cell, then that of its table: the style of the paragraphs in the cell.
local cell_styles = {
  head = { number = "Table Head Number" },
  body = { number = "Table Number", confidence = "Confidence", judgement = "Judgement" },
}
local table_styles = {
  judgements = { head = "Table Head", row_head = "Confidence", cell = "Judgement" },
  default = { head = "Table Head", row_head = "Table Row Head", cell = "Table Text" },
}
local group_row_style = "Year Row" -- a row of one cell over all columns

-- Classes of blocks that Word has elsewhere: the marking stands at the head and foot of each page.
local dropped = { marking = true }
-- Styles of lists whose items are paragraphs without bullets.
local without_bullets = { Source = true }

-- Items of the masthead, and sources of quotations, up to this many characters stay on one line.
local unbroken = 80

local function first(classes, styles)
  for _, class in ipairs(classes) do
    if styles[class] then return styles[class] end
  end
end

-- pandoc gives a block without a paragraph's tags ("Plain") its own style, whatever stands around.
local function paragraphs(blocks)
  local made = pandoc.List()
  for _, block in ipairs(blocks) do
    if block.t == "Plain" then
      block = pandoc.Para(block.content)
    elseif block.t == "Div" then
      block.content = paragraphs(block.content)
    end
    made:insert(block)
  end
  return made
end

local function styled(style, blocks)
  return pandoc.Div(paragraphs(blocks), pandoc.Attr("", {}, { ["custom-style"] = style }))
end

local function has_style(blocks)
  return #blocks == 1 and blocks[1].t == "Div" and blocks[1].attributes["custom-style"] ~= nil
end

-- Inlines that stay on one line, unless they are long.
local function on_one_line(inlines)
  if #pandoc.utils.stringify(inlines) > unbroken then return inlines end
  return inlines:walk({ Space = function() return pandoc.Str("\u{a0}") end })
end

-- A definition list: one running line in the masthead, elsewhere a hanging paragraph an item.
local function definitions(list, in_line)
  local lines, line = {}, {}
  for _, item in ipairs(list.content) do
    local text = pandoc.List()
    for _, blocks in ipairs(item[2]) do
      if #text > 0 then text:insert(pandoc.Str("; ")) end
      text:extend(pandoc.utils.blocks_to_inlines(blocks))
    end
    local term = pandoc.Span(item[1], pandoc.Attr("", {}, { ["custom-style"] = "Label" }))
    if in_line then
      if #line > 0 then table.insert(line, pandoc.Str("\u{2003} ")) end
      local item_text = pandoc.Inlines({ term, pandoc.Str("\u{a0}"), pandoc.Span(text) })
      table.insert(line, pandoc.Span(on_one_line(item_text)))
    else
      local tab = pandoc.RawInline("openxml", "<w:r><w:tab/></w:r>")
      table.insert(lines, pandoc.Para({ term, tab, pandoc.Span(text) }))
    end
  end
  return in_line and styled("Masthead", { pandoc.Para(line) }) or styled("Fact", lines)
end

local function heading(block, style)
  local words = pandoc.Span(block.content, pandoc.Attr(block.identifier))
  return styled(style, { pandoc.Para({ words }) })
end

local function classed(class)
  return function(link)
    link.classes:insert(class)
    return link
  end
end

local function list(block, style)
  if without_bullets[style] and block.t == "BulletList" then
    local all = pandoc.List()
    for _, item in ipairs(block.content) do all:extend(item) end
    return styled(style, all)
  end
  style = style or (block.t == "BulletList" and "List Bullet" or "List Number")
  block.content = block.content:map(function(item)
    return has_style(item) and item or { styled(style, item) }
  end)
  return block
end

local function div(block)
  if first(block.classes, dropped) then return {} end
  if block.attributes["custom-style"] then return nil end
  local style = first(block.classes, block_styles)
  local head = first(block.classes, heading_styles)
  local masthead = block.classes:includes("meta")
  if style or head or masthead then
    local own_list = style and function(inner) return list(inner, style) end
    block = block:walk({
      DefinitionList = masthead and function(inner) return definitions(inner, true) end or nil,
      Header = head and function(inner) return heading(inner, head) end or nil,
      BulletList = own_list,
      OrderedList = own_list,
      Link = style == "Source" and classed("address") or nil,
    })
  end
  if style then
    block.content = paragraphs(block.content)
    block.attributes["custom-style"] = style
  end
  return block
end

local function header(block)
  if block.level == 1 then return heading(block, "Title") end
  block.level = block.level - 1
  return block
end

local function figure(block)
  local blocks = pandoc.List()
  if #block.caption.long > 0 then blocks:insert(styled("Image Caption", block.caption.long)) end
  for _, inner in ipairs(block.content) do
    local picture = inner.t == "Plain" or inner.t == "Para"
    blocks:insert(picture and styled("Figure", { inner }) or inner)
  end
  return pandoc.Div(blocks, pandoc.Attr(block.identifier))
end

local function cell_style(cell, column, kind, styles, columns, row_heads)
  local own = cell.attributes["custom-style"] or first(cell.classes, cell_styles[kind])
  if own then return own end
  if kind == "head" then return styles.head end
  if cell.col_span == columns and columns > 1 then return group_row_style end
  return column <= row_heads and styles.row_head or styles.cell
end

local function rows(given, kind, styles, columns, row_heads)
  for _, row in ipairs(given) do
    local column = 1
    for _, cell in ipairs(row.cells) do
      local attributes = {
        ["custom-style"] = cell_style(cell, column, kind, styles, columns, row_heads),
        lang = cell.attributes.lang or row.attributes.lang,
      }
      local said = paragraphs(cell.contents)
      -- An empty cell has a paragraph too, and its style decides how high the row is at least.
      if #said == 0 then said:insert(pandoc.Para({ pandoc.Str("") })) end
      cell.contents = { pandoc.Div(said, pandoc.Attr("", {}, attributes)) }
      column = column + cell.col_span
    end
  end
end

local function grid(block)
  local styles = first(block.classes, table_styles) or table_styles.default
  local columns = #block.colspecs
  rows(block.head.rows, "head", styles, columns, 0)
  for _, body in ipairs(block.bodies) do
    rows(body.head, "body", styles, columns, body.row_head_columns)
    rows(body.body, "body", styles, columns, body.row_head_columns)
  end
  rows(block.foot.rows, "body", styles, columns, 0)
  return block
end

local function is_note(inline)
  return inline.t == "Span" and inline.classes:includes("note")
end

local function span(inline)
  if is_note(inline) then
    local words = pandoc.Span(inline.content, pandoc.Attr(inline.identifier))
    return pandoc.Note({ pandoc.Para({ words }) })
  end
  if first(inline.classes, line_break) then return pandoc.LineBreak() end
  if inline.attributes["custom-style"] then return nil end
  local style = first(inline.classes, inline_styles)
  for _, class in ipairs(inline.classes) do
    local number = tonumber(class:match("^actor%-(%d+)$"))
    if number then style = "Actor " .. ((number - 1) % actor_styles + 1) end
  end
  if style then inline.attributes["custom-style"] = style end
  if inline.classes:includes("events") then
    inline.content = inline.content:walk({ Link = classed("cite") })
  end
  if first(inline.classes, own_line) then
    if #inline.content > 0 and inline.content[1].t == "Space" then inline.content:remove(1) end
    return { pandoc.LineBreak(), inline }
  end
  return style and inline or nil
end

local function link(given)
  local style = first(given.classes, link_styles)
  if not style and given.target:sub(1, 1) == "#" then style = "Internal Link" end
  if not style then return nil end
  local words = given.classes:includes("cite") and on_one_line(given.content) or given.content
  given.content = { pandoc.Span(words, pandoc.Attr("", {}, { ["custom-style"] = style })) }
  return given
end

return {
  {
    -- From the outside in: what a styled block decides, those within it leave alone.
    traverse = "topdown",
    Div = div,
    Header = header,
    Figure = figure,
    Table = grid,
    BlockQuote = function(block) return styled("Quotation", block.content) end,
    BulletList = function(block) return list(block) end,
    OrderedList = function(block) return list(block) end,
    DefinitionList = function(block) return definitions(block, false) end,
    Span = span,
    Link = link,
    -- Title and language are written into the document's properties when it is finished.
    Meta = function() return pandoc.Meta({}) end,
  },
}
