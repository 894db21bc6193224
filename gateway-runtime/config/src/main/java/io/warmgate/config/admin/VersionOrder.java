package io.warmgate.config.admin;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Which of two versions is newer: digits are numbers, so that 10 is newer than 9 and {@code v1.10}
 * than {@code v1.9}; all else is compared as text, and what goes on is newer than what ends.
 */
public final class VersionOrder implements Comparator<String> {
  /** The newest last. */
  public static final Comparator<String> NEWEST_LAST = new VersionOrder();

  private static final Pattern PART = Pattern.compile("[0-9]+|[^0-9]+");

  private VersionOrder() {}

  @Override
  public int compare(String one, String other) {
    List<String> left = parts(one);
    List<String> right = parts(other);
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = part(left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    int order = Integer.compare(left.size(), right.size());
    // 01 and 1 are two versions, and neither is newer: any order will do, if it is always that.
    return order == 0 ? one.compareTo(other) : order;
  }

  private static List<String> parts(String version) {
    return PART.matcher(version).results().map(MatchResult::group).toList();
  }

  private static int part(String one, String other) {
    return isNumber(one) && isNumber(other)
        ? new BigInteger(one).compareTo(new BigInteger(other))
        : one.compareTo(other);
  }

  private static boolean isNumber(String part) {
    char first = part.charAt(0);
    return first >= '0' && first <= '9';
  }
}
