"""Text and positions: sources, spans, edits, lines, and the wording of messages."""
