package io.warmgate.local.cli;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.operator.status.Author;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code warmgate rollout}. */
@Command(
    name = "rollout",
    description = {
      "Tells a rollout what to do, or shows it: promote, abort, pause, resume, retry, watch.",
      "What kubectl annotate KIND/NAME warmgate.io/rollout=ACTION does."
    },
    mixinStandardHelpOptions = true)
final class RolloutCommand implements Callable<Integer> {
  private static final Duration TICK = Duration.ofMillis(500);

  /** What can be told. */
  enum Action {
    PROMOTE,
    ABORT,
    PAUSE,
    RESUME,
    RETRY,
    /** Shows it until it is over. */
    WATCH
  }

  @Mixin private ClusterOption cluster = new ClusterOption();

  @Parameters(
      index = "0",
      paramLabel = "promote|abort|pause|resume|retry|watch",
      description = "what to do")
  private Action action = Action.WATCH;

  @Parameters(
      index = "1",
      paramLabel = "KIND/NAME",
      description = "route/NAME, or gateway/NAME for its pods")
  private String name = "";

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "its namespace (default: default)")
  private String namespace = "default";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "why: it is in the Event and the operator's log")
  private @Nullable String reason;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    RolloutSubject subject = RolloutSubject.parse(name);
    try (KubernetesClient client = cluster.client()) {
      Resource<? extends HasMetadata> object =
          client.resources(subject.kind()).inNamespace(namespace).withName(subject.name());
      if (object.get() == null) {
        throw new Failure("there is no %s in namespace '%s'".formatted(subject, namespace));
      }
      return action == Action.WATCH ? watch(object) : tell(subject, object);
    }
  }

  private int tell(RolloutSubject subject, Resource<? extends HasMetadata> object) {
    String order = action.name().toLowerCase(Locale.ROOT);
    PatchContext context =
        new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager("warmgate-cli:" + System.getProperty("user.name"))
            .build();
    HasMetadata _ = object.patch(context, patch(order, reason));
    spec.commandLine().getOut().println(subject + ": " + order);
    spec.commandLine().getOut().flush();
    return 0;
  }

  /**
   * RFC 7396: an order without a reason takes off what is there of another.
   *
   * @param reason null: none
   */
  static String patch(String order, @Nullable String reason) {
    Map<String, @Nullable String> annotations = new TreeMap<>();
    annotations.put(io.warmgate.operator.rollout.Command.ANNOTATION, order);
    annotations.put(Author.REASON, reason);
    return Serialization.asJson(Map.of("metadata", Map.of("annotations", annotations)));
  }

  /** A line for each change, until the rollout is over; 1 where it went back. */
  private int watch(Resource<? extends HasMetadata> object) throws InterruptedException {
    String last = "";
    while (true) {
      RolloutLine line = RolloutLine.of(object.get());
      if (!line.text().equals(last)) {
        spec.commandLine().getOut().println(line.text());
        spec.commandLine().getOut().flush();
        last = line.text();
      }
      if (line.over()) {
        return line.failed() ? 1 : 0;
      }
      Thread.sleep(TICK);
    }
  }
}
