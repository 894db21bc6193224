package io.warmgate.local.network;

import java.util.regex.Pattern;

/**
 * A pod's loopback address inside an EndpointSlice. A real API server refuses loopback addresses
 * there, so with it a slice is of type FQDN and holds a name that the hosts file knows; the
 * embedded one takes the address.
 */
public enum EndpointAddress {
  IPv4 {
    @Override
    public String of(String podIp) {
      return podIp;
    }
  },
  FQDN {
    @Override
    public String of(String podIp) {
      return podIp.replace('.', '-') + SUFFIX;
    }
  };

  /** The domain of the names. */
  static final String SUFFIX = ".pod.warmgate.local";

  private static final Pattern NAME = Pattern.compile("(\\d+)-(\\d+)-(\\d+)-(\\d+)\\Q" + SUFFIX);

  /** What stands in the slice for this pod. */
  public abstract String of(String podIp);

  /** The address that stands in a slice, or the text itself where it is no name of ours. */
  static String literal(String inSlice) {
    var name = NAME.matcher(inSlice);
    return name.matches() ? name.replaceFirst("$1.$2.$3.$4") : inSlice;
  }
}
