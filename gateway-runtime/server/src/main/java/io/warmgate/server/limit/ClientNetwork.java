package io.warmgate.server.limit;

import io.netty.util.NetUtil;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What of a client's address is counted apart: all of an IPv4 address, the first 64 bits of an IPv6
 * address. A subscriber has a /64 at the least (RFC 6177 §2), and each machine in it may take any
 * address, and another one for each request (RFC 8981).
 */
final class ClientNetwork {
  private static final int PREFIX_BYTES = 8;

  private ClientNetwork() {}

  /**
   * @param address IP address; what is none is itself
   */
  static String of(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null || bytes.length == 4) {
      return address;
    }
    // RFC 4291 §2.5.5.2: ::ffff:a.b.c.d is an IPv4 address.
    if (isMapped(bytes)) {
      return NetUtil.bytesToIpAddress(Arrays.copyOfRange(bytes, 12, 16));
    }
    return HexFormat.of().formatHex(bytes, 0, PREFIX_BYTES);
  }

  private static boolean isMapped(byte[] bytes) {
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[10] == -1 && bytes[11] == -1;
  }
}
