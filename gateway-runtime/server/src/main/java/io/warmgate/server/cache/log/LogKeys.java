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

  /** Who fetches what would be the entry of that key. */
  public String lease(String epoch, String key) {
    return entries(epoch) + key + ":lease";
  }

  /** What a partition has in Redis. */
  public String share(String epoch, String partition) {
    return entries(epoch) + partition + ":share";
  }

  /** The channel on which the end of a lease is told. */
  public String leaseNews() {
    return "wg:{" + gatewayUid + "}:leases";
  }
}
