package io.warmgate.local.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.local.Arrival;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceTableTest {
  private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  private static final GenericKubernetesResource GATEWAY =
      warmgate(
          "ApiGateway",
          "edge",
          1,
          "Accepted=True:Accepted",
          "Programmed=True:Programmed",
          "Ready=True:Ready",
          "Progressing=False:Settled",
          "Degraded=False:AsExpected");
  private static final GenericKubernetesResource REFUSED =
      warmgate(
          "ApiRoute",
          "shop",
          1,
          "Accepted=True:Accepted",
          "ResolvedRefs=False:BackendNotFound:no Service \"shop\"");
  private static final GenericKubernetesResource OUTDATED =
      warmgate("ApiRoute", "stale", 2, "Accepted=True:Accepted", "Programmed=True:Programmed");
  private static final GenericKubernetesResource PENDING =
      warmgate("ApiRoute", "young", 1, "Accepted=False:Pending");
  private static final GenericKubernetesResource DEPLOYMENT =
      read(
          """
          apiVersion: apps/v1
          kind: Deployment
          metadata: {name: web, namespace: other, generation: 1}
          spec: {replicas: 2}
          status: {observedGeneration: 1, readyReplicas: 1, updatedReplicas: 2}
          """);

  @Test
  void theTable() {
    assertThat(ResourceTable.of(List.of(REFUSED, DEPLOYMENT, GATEWAY, OUTDATED, PENDING)))
        .isEqualTo(
            """
            RESOURCE               STATE               CONDITIONS
            apigateway/edge        ready               Accepted Programmed Ready
            apiroute/shop          REFUSED             Accepted ResolvedRefs=False(BackendNotFound: no Service "shop")
            apiroute/stale         waiting             Accepted(outdated) Programmed(outdated)
            apiroute/young         waiting             Accepted=False(Pending)
            deployment/other/web   1 of 2 pods ready
            """);
    assertThat(ResourceTable.of(List.of())).isEmpty();
  }

  @Test
  void aRefusalCountsWhenItHasStoodForAWhile() {
    var arrival = new Arrival();
    assertThat(arrival.look(List.of(GATEWAY), NOW)).isEqualTo(new Arrival.Outcome.AllReady());
    assertThat(arrival.look(List.of(REFUSED), NOW))
        .isEqualTo(new Arrival.Outcome.Waiting("apiroute/shop (BackendNotFound)"));
    assertThat(arrival.look(List.of(PENDING), NOW.plusSeconds(2)))
        .isEqualTo(new Arrival.Outcome.Waiting("apiroute/young (Accepted: Pending)"));
    assertThat(arrival.look(List.of(REFUSED), NOW.plusSeconds(4)))
        .isEqualTo(
            new Arrival.Outcome.Refused(
                "apiroute/shop",
                new Standing.Rejected("ResolvedRefs", "BackendNotFound", "no Service \"shop\"")));
  }

  @Test
  void aRefusalThatHealsStartsAnew() {
    var arrival = new Arrival();
    GenericKubernetesResource healed =
        warmgate("ApiRoute", "shop", 1, "Accepted=True:Accepted", "Programmed=True:Programmed");
    arrival.look(List.of(REFUSED), NOW);
    assertThat(arrival.look(List.of(healed), NOW.plusSeconds(1)))
        .isEqualTo(new Arrival.Outcome.AllReady());
    assertThat(arrival.look(List.of(REFUSED), NOW.plusSeconds(4)))
        .isInstanceOf(Arrival.Outcome.Waiting.class);
  }

  /** Conditions are {@code type=status:reason[:message]}, of generation 1. */
  private static GenericKubernetesResource warmgate(
      String kind, String name, int generation, String... conditions) {
    var yaml = new StringBuilder();
    yaml.append("apiVersion: warmgate.io/v1alpha1\nkind: ").append(kind);
    yaml.append("\nmetadata: {name: ").append(name).append(", namespace: default, generation: ");
    yaml.append(generation).append("}\nstatus:\n  conditions:\n");
    for (String condition : conditions) {
      String[] part = condition.split("[=:]", 4);
      yaml.append(
          "  - {type: %s, status: '%s', reason: %s, observedGeneration: 1, message: '%s'}\n"
              .formatted(part[0], part[1], part[2], part.length > 3 ? part[3] : ""));
    }
    return read(yaml.toString());
  }

  private static GenericKubernetesResource read(String yaml) {
    return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
  }
}
