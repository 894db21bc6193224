package io.warmgate.local.api;

import java.util.Set;
import java.util.TreeSet;

/**
 * Addresses out of {@code 127.96.0.0/16}: on Linux every address of {@code 127.0.0.0/8} can be
 * listened on without any setup.
 */
public final class LoopbackAddresses implements ServiceAddresses {
  private static final String PREFIX = "127.96.";
  private static final int SIZE = 1 << 16;

  private final Set<String> taken = new TreeSet<>();
  private int next = 1;

  @Override
  public String allocate(String namespace, String name) {
    for (int tried = 0; tried < SIZE; tried++) {
      String address = PREFIX + (next >> 8) + "." + (next & 0xff);
      int host = next & 0xff;
      next = next + 1 >= SIZE ? 1 : next + 1;
      if (host != 0 && host != 255 && taken.add(address)) {
        return address;
      }
    }
    throw new IllegalStateException("no address is free in " + PREFIX + "0.0/16");
  }

  @Override
  public void reserve(String address) {
    taken.add(address);
  }

  @Override
  public void release(String address) {
    taken.remove(address);
  }
}
