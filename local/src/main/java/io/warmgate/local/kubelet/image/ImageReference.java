package io.warmgate.local.kubelet.image;

/**
 * An image reference without what this machine does not care about: the registry's host.
 *
 * @param repository for example {@code warmgate/runtime}; {@code library/} is left out
 * @param tag {@code latest} where none is given; a digest where it is by digest alone
 */
public record ImageReference(String repository, String tag) {

  /** Reads {@code [host[:port]/]repository[:tag][@digest]}. */
  public static ImageReference parse(String text) {
    int at = text.indexOf('@');
    String named = at < 0 ? text : text.substring(0, at);
    int colon = named.lastIndexOf(':');
    boolean tagged = colon > named.lastIndexOf('/');
    String path = tagged ? named.substring(0, colon) : named;
    String tag = tagged ? named.substring(colon + 1) : at < 0 ? "latest" : text.substring(at + 1);
    int slash = path.indexOf('/');
    if (slash > 0 && host(path.substring(0, slash))) {
      path = path.substring(slash + 1);
    }
    return new ImageReference(
        path.startsWith("library/") ? path.substring("library/".length()) : path, tag);
  }

  private static boolean host(String first) {
    return first.contains(".") || first.contains(":") || first.equals("localhost");
  }

  @Override
  public String toString() {
    return repository + ":" + tag;
  }
}
