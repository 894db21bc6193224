package io.warmgate.server.filter;

import io.vertx.core.MultiMap;
import io.warmgate.config.ConfigException;
import io.warmgate.config.Filter.Header;
import java.util.List;

/** Gateway API's HTTPHeaderFilter: sets, then adds, then removes. */
public record HeaderChange(List<Header> set, List<Header> add, List<String> remove) {

  /**
   * @throws ConfigException where a name or a value would break the message
   */
  static HeaderChange compile(
      String path, List<Header> set, List<Header> add, List<String> remove) {
    set.forEach(header -> check(path + ".set", header));
    add.forEach(header -> check(path + ".add", header));
    remove.forEach(name -> checkName(path + ".remove", name));
    return new HeaderChange(set, add, remove);
  }

  public void apply(MultiMap headers) {
    for (Header header : set) {
      headers.set(header.name(), header.value());
    }
    for (Header header : add) {
      headers.add(header.name(), header.value());
    }
    for (String name : remove) {
      headers.remove(name);
    }
  }

  private static void check(String path, Header header) {
    checkName(path, header.name());
    if (header.value().chars().anyMatch(c -> c < 0x20 && c != '\t')) {
      throw new ConfigException(path, "has a control character in '" + header.name() + "'");
    }
  }

  /** RFC 9110 §5.1: a field name is a token. Framing is the gateway's own. */
  private static void checkName(String path, String name) {
    boolean token =
        name.chars()
            .allMatch(
                c ->
                    (c >= '0' && c <= '9')
                        || (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    if (!token || HopByHop.framing(name)) {
      throw new ConfigException(path, "names '" + name + "', which may not be changed");
    }
  }
}
