package io.warmgate.local.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.Approval;
import io.warmgate.crd.v1alpha1.ApprovalState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Decides whether a consumer may call a route: {@code ApiConsumer.spec.approvals}. */
abstract class Decision implements Callable<Integer> {
  /** Somebody else decides at the same time: read again, at most so often. */
  private static final int MAX_TRIES = 5;

  private final ApprovalState state;

  @Mixin private ClusterOption cluster = new ClusterOption();

  @Parameters(
      index = "0",
      paramLabel = "CONSUMER",
      description = "the ApiConsumer: name or namespace/name")
  private String consumer = "";

  @Parameters(index = "1", paramLabel = "ROUTE", description = "the ApiRoute")
  private String route = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "the ApiConsumer's namespace (default: default)")
  private @Nullable String namespace;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "why: it is in the status, the Event and the operator's log")
  private @Nullable String reason;

  @Spec private CommandSpec spec = CommandSpec.create();

  Decision(ApprovalState state) {
    this.state = state;
  }

  @Override
  public Integer call() throws Exception {
    ConsumerName name = ConsumerName.parse(consumer, namespace);
    try (KubernetesClient client = cluster.client()) {
      Resource<ApiConsumer> object =
          client.resources(ApiConsumer.class).inNamespace(name.namespace()).withName(name.name());
      ApiConsumer decided = decide(object, name);
      boolean asks =
          decided.getSpec().routes().stream().anyMatch(any -> any.name().equals(bare(route)));
      spec.commandLine()
          .getOut()
          .printf(
              "apiconsumer/%s: %s %s%s%n",
              name.name(),
              spec.name(),
              bare(route),
              asks ? "" : " (it does not ask for this route yet)");
      spec.commandLine().getOut().flush();
      return 0;
    }
  }

  private ApiConsumer decide(Resource<ApiConsumer> object, ConsumerName name) throws Failure {
    for (int tries = 1; ; tries++) {
      ApiConsumer now = object.get();
      if (now == null) {
        throw new Failure(
            "there is no apiconsumer/%s in namespace '%s'"
                .formatted(name.name(), name.namespace()));
      }
      try {
        return object.patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager("warmgate-cli:" + System.getProperty("user.name"))
                .build(),
            patch(now, new Approval(bare(route), state, reason)));
      } catch (KubernetesClientException e) {
        if (e.getCode() != 409 || tries == MAX_TRIES) {
          throw e;
        }
      }
    }
  }

  /** {@code ar/orders} is orders, as kubectl has it. */
  private static String bare(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** RFC 7396: the other decisions stay; refused where the object was changed meanwhile. */
  static String patch(ApiConsumer now, Approval decision) {
    List<Approval> approvals = new ArrayList<>(now.getSpec().approvals());
    approvals.removeIf(any -> any.route().equals(decision.route()));
    approvals.add(decision);
    return Serialization.asJson(
        Map.of(
            "metadata",
            Map.of("resourceVersion", now.getMetadata().getResourceVersion()),
            "spec",
            Map.of("approvals", approvals)));
  }
}
