"""A talk by text: what was asked, what can be undone, who wants a person, which words to learn."""
