package io.warmgate.httpcache.rule;

/**
 * Entity tags, <a href="https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3">RFC 9110 §8.8.3</a>:
 * opaque text in quotes, after {@code W/} where weak.
 */
final class EntityTag {
  private EntityTag() {}

  /** §8.8.3.2: equivalent "if their opaque-tags match character-by-character", weak or not. */
  static boolean weaklyMatches(String a, String b) {
    return opaque(a).equals(opaque(b));
  }

  /** §8.8.3.2: "both are not weak and their opaque-tags match". */
  static boolean stronglyMatches(String a, String b) {
    return !isWeak(a) && a.equals(b);
  }

  static boolean isWeak(String tag) {
    return tag.startsWith("W/");
  }

  private static String opaque(String tag) {
    return isWeak(tag) ? tag.substring(2) : tag;
  }
}
