package io.warmgate.local.api.store;

/**
 * What objects are stored under, whatever version they are served in.
 *
 * @param group empty for core
 * @param plural such as {@code deployments}
 */
public record ResourceId(String group, String plural) {
  @Override
  public String toString() {
    return group.isEmpty() ? plural : plural + "." + group;
  }
}
