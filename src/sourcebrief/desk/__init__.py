"""The desk: a briefing live in a browser on this machine, with its problems and its documents.

reading         the briefing after all checks, of which only what changed is read again
pages           its web page, to stand in the desk's frame
problems        problems by file, with what each is about
documents       a document with its quoted passages, and the list of all
forms           what a browser sends: a selection, the forms of evidence and events
event_edits     evidence and events as small edits of an event file
files           those edits made, and taken back, unless the file has changed meanwhile
session         what is known at any moment, and who is to hear of it
pdf             the PDF, made when typing rests
admission       who may come in: the token, the host, the origin
desk_templates  the desk's own markup
app             the addresses that a browser asks for
serve           the server, and the files that it follows
"""
