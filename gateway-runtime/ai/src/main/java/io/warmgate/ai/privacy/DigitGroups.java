package io.warmgate.ai.privacy;

/**
 * Digits, and what stands between them: a number as people write it.
 *
 * @param digits alone
 * @param lengths of its groups, such as {@code 3-3-4}
 * @param separators those that there are, each once
 * @param end of it in the text
 */
record DigitGroups(String digits, String lengths, String separators, int end) {
  private static final String BETWEEN = " -./()";

  /** No number of a person is longer. */
  private static final int MOST = 24;

  /**
   * @param from of the first digit
   */
  static DigitGroups of(String text, int from) {
    StringBuilder digits = new StringBuilder();
    StringBuilder lengths = new StringBuilder();
    StringBuilder separators = new StringBuilder();
    int group = 0;
    int at = from;
    int end = from;
    while (at < text.length() && digits.length() <= MOST) {
      char c = text.charAt(at);
      if (isDigit(c)) {
        digits.append(c);
        group++;
        end = at + 1;
      } else if (BETWEEN.indexOf(c) < 0 || at - end > 1) {
        break;
      } else {
        if (group > 0) {
          lengths.append(lengths.isEmpty() ? "" : "-").append(group);
          group = 0;
        }
        if (separators.indexOf(String.valueOf(c)) < 0) {
          separators.append(c);
        }
      }
      at++;
    }
    if (group > 0) {
      lengths.append(lengths.isEmpty() ? "" : "-").append(group);
    }
    return new DigitGroups(digits.toString(), lengths.toString(), separators.toString(), end);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  int count() {
    return digits.length();
  }

  boolean isSeparatedBy(String allowed) {
    return separators.chars().allMatch(c -> allowed.indexOf(c) >= 0);
  }
}
