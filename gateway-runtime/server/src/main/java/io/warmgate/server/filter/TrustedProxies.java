package io.warmgate.server.filter;

import io.netty.util.NetUtil;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The proxies in front of a listener whose word about the client is taken. */
public final class TrustedProxies {
  private final List<Cidr> blocks = new ArrayList<>();

  /**
   * @param path of the list in the configuration, for the message
   * @throws io.warmgate.config.ConfigException where one is no block
   */
  public TrustedProxies(String path, List<String> cidrs) {
    for (int i = 0; i < cidrs.size(); i++) {
      blocks.add(Cidr.parse(path + "[" + i + "]", cidrs.get(i)));
    }
  }

  /**
   * @param peer IP address of the connection
   */
  public Client client(String peer, MultiMap headers) {
    if (blocks.isEmpty() || !trusts(peer)) {
      return new Client(peer, false, peer, List.of());
    }
    return trusted(peer, headers.getAll("x-forwarded-for"));
  }

  /** What a trusted peer says the client used; the connection's own scheme otherwise. */
  public static String scheme(Client client, MultiMap headers, String own) {
    String said = client.trusted() ? headers.get("x-forwarded-proto") : null;
    String lower = said == null ? "" : said.trim().toLowerCase(Locale.ROOT);
    return lower.equals("http") || lower.equals("https") ? lower : own;
  }

  /** Each proxy appends who asked it: the list is believed from its end, as far as trust goes. */
  private Client trusted(String peer, List<String> fields) {
    String[] addresses = String.join(",", fields).split(",", -1);
    List<String> fromLast = new ArrayList<>(addresses.length);
    for (int i = addresses.length - 1; i >= 0; i--) {
      String address = address(addresses[i].trim());
      if (address == null) {
        break;
      }
      fromLast.add(address);
      if (!trusts(address)) {
        break;
      }
    }
    String first = fromLast.isEmpty() ? peer : fromLast.getLast();
    return new Client(peer, true, first, fromLast.reversed());
  }

  private static @Nullable String address(String text) {
    return NetUtil.isValidIpV4Address(text) || NetUtil.isValidIpV6Address(text) ? text : null;
  }

  private boolean trusts(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      return false;
    }
    for (Cidr block : blocks) {
      if (block.contains(bytes)) {
        return true;
      }
    }
    return false;
  }
}
