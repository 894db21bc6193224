package io.warmgate.server.cache.log;

/** A gateway's keys in Redis; the braces put them into one slot of a cluster. */
public record LogKeys(String gatewayUid) {

  String epoch() {
    return "wg:{" + gatewayUid + "}:epoch";
  }

  String stream() {
    return "wg:{" + gatewayUid + "}:log";
  }

  /** What every entry's key begins with. */
  public String entries(String epoch) {
    return "wg:{" + gatewayUid + "}:" + epoch + ":";
  }
}
