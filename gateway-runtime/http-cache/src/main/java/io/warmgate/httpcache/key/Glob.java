package io.warmgate.httpcache.key;

/**
 * A name in which {@code *} stands for any characters, none included; everything else for itself.
 * Takes time linear in the name for each star, whatever the pattern.
 */
public record Glob(String pattern) {

  public Glob {
    if (pattern.isEmpty()) {
      throw new IllegalArgumentException("empty pattern");
    }
  }

  public boolean matches(String name) {
    int p = 0;
    int n = 0;
    // Where to go on when what follows the last star did not match.
    int star = -1;
    int mark = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        mark = n;
      } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
