package io.warmgate.config.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What a pod has counted since it started. Numbers only grow, so that what happened between two
 * answers is their difference, and what happened in several pods a sum.
 *
 * @param podUid so that an address that went to another pod is noticed
 * @param startedAt milliseconds since the epoch: where it is another, everything began at zero
 * @param uptimeMillis for how long it has counted, by a clock that nobody sets
 * @param rules those with anything to tell, in the order of their names
 * @param models those that were asked, or spared
 * @param credentials what is known of those that models are asked with: no count, but of now
 * @param versions what servers of models were found to serve: no count either
 */
public record Traffic(
    String podUid,
    long startedAt,
    long uptimeMillis,
    List<RuleTraffic> rules,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ModelTraffic> models,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<CredentialState> credentials,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ServedVersions> versions) {
  public Traffic {
    rules = List.copyOf(rules);
    models = models == null ? List.of() : List.copyOf(models);
    credentials = credentials == null ? List.of() : List.copyOf(credentials);
    versions = versions == null ? List.of() : List.copyOf(versions);
  }

  /** Of a pod that asks no models. */
  public Traffic(String podUid, long startedAt, long uptimeMillis, List<RuleTraffic> rules) {
    this(podUid, startedAt, uptimeMillis, rules, List.of(), List.of(), List.of());
  }
}
