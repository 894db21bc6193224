package io.warmgate.operator.snapshot;

/**
 * A port of a Service, as {@code EndpointSets} and {@code Backend.Service} name it.
 *
 * @param port of the Service, not of its pods
 */
public record ServiceKey(String namespace, String name, int port)
    implements Comparable<ServiceKey> {

  /** Reads {@code namespace/name:port}. */
  public static ServiceKey parse(String text) {
    int slash = text.indexOf('/');
    int colon = text.lastIndexOf(':');
    return new ServiceKey(
        text.substring(0, slash),
        text.substring(slash + 1, colon),
        Integer.parseInt(text.substring(colon + 1)));
  }

  /** {@code namespace/name:port}. */
  @Override
  public String toString() {
    return namespace + "/" + name + ":" + port;
  }

  @Override
  public int compareTo(ServiceKey other) {
    return toString().compareTo(other.toString());
  }
}
