package io.warmgate.ai.privacy;

/** International bank account numbers (ISO 13616). */
final class Iban {
  private static final int SHORTEST = 15;
  private static final int LONGEST = 34;

  private Iban() {}

  /**
   * @param from where two capitals and two digits may begin it
   */
  static boolean begins(String text, int from) {
    if (from + SHORTEST > text.length()
        || !isCapital(text.charAt(from))
        || !isCapital(text.charAt(from + 1))
        || !DigitGroups.isDigit(text.charAt(from + 2))
        || !DigitGroups.isDigit(text.charAt(from + 3))) {
      return false;
    }
    StringBuilder number = new StringBuilder();
    for (int at = from; at < text.length() && number.length() <= LONGEST; at++) {
      char c = text.charAt(at);
      if (isCapital(c) || DigitGroups.isDigit(c)) {
        number.append(c);
      } else if (c != ' ' || text.charAt(at - 1) == ' ') {
        break;
      } else if (isWhole(number)) {
        return true;
      }
    }
    return isWhole(number);
  }

  /** ISO/IEC 7064, MOD 97-10: the first four characters at the end, letters as two digits. */
  private static boolean isWhole(CharSequence number) {
    int length = number.length();
    if (length < SHORTEST || length > LONGEST) {
      return false;
    }
    int rest = 0;
    for (int i = 0; i < length; i++) {
      char c = number.charAt((i + 4) % length);
      rest = DigitGroups.isDigit(c) ? (rest * 10 + c - '0') % 97 : (rest * 100 + c - 'A' + 10) % 97;
    }
    return rest == 1;
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
