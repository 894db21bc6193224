package io.warmgate.ai.privacy;

import java.util.EnumSet;
import java.util.Set;

/**
 * Finds what texts hold of persons, by its form alone, in one pass: a number whose digits check is
 * taken for one though it may be none, and what is spelled in words is not found.
 */
public final class SensitiveText {
  private SensitiveText() {}

  /** Empty: nothing was found. */
  public static Set<SensitiveClass> find(String text) {
    EnumSet<SensitiveClass> found = EnumSet.noneOf(SensitiveClass.class);
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '@' && isAddress(text, at)) {
        found.add(SensitiveClass.EMAIL);
      } else if (DigitGroups.isDigit(c) && !isInWord(text, at)) {
        at = number(text, at, found);
        continue;
      } else if (c >= 'A' && c <= 'Z' && !isInWord(text, at) && Iban.begins(text, at)) {
        found.add(SensitiveClass.IBAN);
      }
      at++;
    }
    return found;
  }

  /** Where it goes on behind the number that begins here. */
  private static int number(String text, int at, Set<SensitiveClass> found) {
    DigitGroups number = DigitGroups.of(text, at);
    if (CardNumber.is(number)) {
      found.add(SensitiveClass.CARD_NUMBER);
    } else if (isSocialSecurity(number)) {
      found.add(SensitiveClass.SOCIAL_SECURITY_NUMBER);
    } else if (!goesOn(text, at) && PhoneNumber.is(number, at > 0 && text.charAt(at - 1) == '+')) {
      found.add(SensitiveClass.PHONE_NUMBER);
    } else {
      // Behind its first group, so that a number which follows another is found, too.
      int next = at;
      while (next < number.end() && DigitGroups.isDigit(text.charAt(next))) {
        next++;
      }
      return next;
    }
    return number.end();
  }

  /** Whether it may be the rest of a longer number. */
  private static boolean goesOn(String text, int at) {
    return at > 1
        && (text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '-')
        && DigitGroups.isDigit(text.charAt(at - 2));
  }

  /** Area 000, 666 and from 900 on, group 00 and serial 0000 are never given. */
  private static boolean isSocialSecurity(DigitGroups number) {
    String digits = number.digits();
    return number.lengths().equals("3-2-4")
        && number.isSeparatedBy("-")
        && digits.charAt(0) != '9'
        && !digits.startsWith("000")
        && !digits.startsWith("666")
        && !digits.startsWith("00", 3)
        && !digits.endsWith("0000");
  }

  /** {@code local@label.tld}, around its {@code @}. */
  private static boolean isAddress(String text, int at) {
    if (at == 0 || !isLocal(text.charAt(at - 1))) {
      return false;
    }
    int dot = -1;
    int next = at + 1;
    while (next < text.length() && isHost(text.charAt(next))) {
      if (text.charAt(next) == '.') {
        dot = next;
      }
      next++;
    }
    // A full stop may end the sentence.
    if (dot == next - 1) {
      next = dot;
      dot = text.lastIndexOf('.', next - 1);
    }
    return dot > at + 1 && next - dot > 2 && Character.isLetter(text.charAt(dot + 1));
  }

  private static boolean isLocal(char c) {
    return Character.isLetterOrDigit(c) || "!#$%&'*+/=?^_`{|}~.-".indexOf(c) >= 0;
  }

  private static boolean isHost(char c) {
    return Character.isLetterOrDigit(c) || c == '.' || c == '-';
  }

  private static boolean isInWord(String text, int at) {
    return at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
  }
}
