package io.warmgate.server.filter;

import io.netty.util.NetUtil;
import io.warmgate.config.ConfigException;
import java.util.Arrays;

/** A block of IP addresses (RFC 4632, RFC 4291 §2.3), or one address. */
final class Cidr {
  private final byte[] network;
  private final int bits;

  private Cidr(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /**
   * @throws ConfigException names {@code path}
   */
  static Cidr parse(String path, String text) {
    int slash = text.indexOf('/');
    byte[] network =
        NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
    if (network == null) {
      throw new ConfigException(path, "is no CIDR block: '" + text + "'");
    }
    return new Cidr(network, slash < 0 ? network.length * 8 : bits(path, text, slash, network));
  }

  private static int bits(String path, String text, int slash, byte[] network) {
    try {
      int bits = Integer.parseInt(text.substring(slash + 1));
      if (bits >= 0 && bits <= network.length * 8) {
        return bits;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new ConfigException(path, "has no prefix length from 0 to " + network.length * 8);
  }

  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || ((address[whole] ^ network[whole]) & 0xff & (0xff00 >> rest)) == 0;
  }
}
