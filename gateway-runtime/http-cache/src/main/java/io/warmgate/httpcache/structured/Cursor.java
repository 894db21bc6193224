package io.warmgate.httpcache.structured;

/** A place in a text that is being read. */
final class Cursor {
  /** What is read at the end: no character. */
  static final int END = -1;

  private final String text;
  private int at;

  Cursor(String text) {
    this.text = text;
  }

  int position() {
    return at;
  }

  String since(int start) {
    return text.substring(start, at);
  }

  boolean atEnd() {
    return at == text.length();
  }

  int peek() {
    return atEnd() ? END : text.charAt(at);
  }

  int next() {
    return atEnd() ? END : text.charAt(at++);
  }

  boolean take(char c) {
    boolean there = peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  void expect(char c) throws Malformed {
    if (!take(c)) {
      throw new Malformed();
    }
  }

  void skipSpaces() {
    while (peek() == ' ') {
      at++;
    }
  }

  /** Spaces and tabs. */
  void skipWhitespace() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isAlpha(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
