package io.warmgate.local.api;

/**
 * Gives Services their cluster IPs. The server calls it from one thread and, after a restart,
 * reserves every address in use before it allocates one.
 */
public interface ServiceAddresses {
  /** A free address for a new Service. */
  String allocate(String namespace, String name);

  /** Takes an address out of those that are free; one that is not among them is left alone. */
  void reserve(String address);

  void release(String address);
}
