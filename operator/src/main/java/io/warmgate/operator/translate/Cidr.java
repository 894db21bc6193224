package io.warmgate.operator.translate;

import java.net.InetAddress;

/** A block of IP addresses (RFC 4632, RFC 4291 §2.3). */
final class Cidr {
  private Cidr() {}

  /** The text, where it is an address, a slash and a length that the address can have. */
  static String checked(String path, String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw Unusable.invalid(path, "'" + text + "' is no CIDR block like 10.0.0.0/8");
    }
    try {
      int bits = InetAddress.ofLiteral(text.substring(0, slash)).getAddress().length * 8;
      int length = Integer.parseInt(text.substring(slash + 1));
      if (length < 0 || length > bits) {
        throw Unusable.invalid(
            path, "'%s' has a prefix of %d bits, not 0 to %d".formatted(text, length, bits));
      }
    } catch (IllegalArgumentException e) {
      throw Unusable.invalid(path, "'" + text + "' is no CIDR block like 10.0.0.0/8");
    }
    return text;
  }
}
