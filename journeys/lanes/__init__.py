"""The lanes of a map, one file each. A derived lane stores nothing: it is read off the touchpoints placed. A text lane
says what people write in its cells."""
