package io.warmgate.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Json;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.crd.v1alpha1.ApiConsumerStatus;
import io.warmgate.crd.v1alpha1.KeyInUse;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.crd.v1alpha1.RouteGrant;
import io.warmgate.operator.manifest.GatewayManifests;
import io.warmgate.operator.manifest.PodSides;
import io.warmgate.operator.manifest.RedisManifests;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.RedisServer;
import io.warmgate.operator.snapshot.RedisSnapshot;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.status.Containment;
import io.warmgate.operator.status.ModelStatus;
import io.warmgate.operator.status.ObjectStatus;
import io.warmgate.operator.status.RolloutStatuses;
import io.warmgate.operator.status.StatusReport;
import io.warmgate.operator.translate.Minting;
import io.warmgate.operator.translate.Translation;
import io.warmgate.operator.translate.Translator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder under {@code golden} is a case: {@code in.yaml} gives {@code out.yaml}, and {@code
 * manifests.yaml} where the {@code Fleet} in it says {@code manifests: true}. {@code before.yaml},
 * where it is there, was applied before and runs as revision 1. {@code -Dwarmgate.update=true}
 * rewrites what comes out.
 */
class GoldenTest {
  private static final Set<String> FILES =
      Set.of("in.yaml", "before.yaml", "out.yaml", "manifests.yaml");
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build();

  static List<Path> cases() throws IOException {
    Path root =
        Path.of(System.getProperty("warmgate.root", ".."), "operator/src/test/resources/golden");
    try (Stream<Path> folders = Files.list(root)) {
      return folders.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatComesOut(Path folder) throws IOException {
    Set<String> unused = files(folder);
    unused.removeAll(FILES);
    assertThat(unused).as("files in %s that nothing reads", folder).isEmpty();
    assertThat(folder.resolve("in.yaml")).exists();
    Resources resources = Resources.read(folder.resolve("in.yaml"));
    Played played = play(folder, new Scene(resources));
    compare(folder.resolve("out.yaml"), outcome(played));
    boolean manifests = resources.fleet().path("manifests").asBoolean(false);
    assertThat(Files.exists(folder.resolve("manifests.yaml")) && !manifests)
        .as("a manifests.yaml in %s that nothing asks for", folder)
        .isFalse();
    if (manifests) {
      compare(folder.resolve("manifests.yaml"), manifests(played.snapshot()));
    }
  }

  /** What runs after the file was translated and, where it is new, minted. */
  private record Played(Snapshot snapshot, Translation translation, StatusReport report) {}

  private static Played play(Path folder, Scene scene) {
    MintedRevision current = null;
    SecretValues held = new SecretValues(Map.of());
    Containment containment = Containment.nothing();
    if (Files.exists(folder.resolve("before.yaml"))) {
      Snapshot before =
          new Scene(Resources.read(folder.resolve("before.yaml"))).snapshot(null, held);
      Translation first = Translator.translate(before);
      current = minted(Minting.decide(first.config(), null, 0), null);
      held = first.values();
      containment = containment.with(1, before, first.inclusion());
    }
    Snapshot seen = scene.snapshot(current, held);
    Translation translation = Translator.translate(seen);
    assertThat(Translator.translate(seen).config()).isEqualTo(translation.config());
    Minting minting =
        Minting.decide(translation.config(), current, current == null ? 0 : current.number());
    MintedRevision newest = minted(minting, current);
    Snapshot after = scene.snapshot(newest, translation.values());
    if (newest != null && translation.config() != null) {
      containment = containment.with(newest.number(), after, translation.inclusion());
    }
    return new Played(
        after,
        translation,
        StatusReport.of(after, translation, minting, containment, RolloutStatuses.none(), NOW));
  }

  private static @Nullable MintedRevision minted(
      Minting minting, @Nullable MintedRevision current) {
    return switch (minting) {
      case Minting.Unchanged() -> current;
      case Minting.Minted(MintedRevision next) -> next;
      case Minting.TooLarge(int bytes) -> fail("too large: " + bytes);
    };
  }

  private static JsonNode outcome(Played played) throws IOException {
    ObjectNode out = JSON.createObjectNode();
    StatusReport report = played.report();
    put(out, report.gateway(), status -> status.conditions());
    report.routes().forEach(route -> put(out, route, status -> status.conditions()));
    report
        .routes()
        .forEach(
            route ->
                route
                    .status()
                    .generations()
                    .forEach(
                        rule -> {
                          String name = route.object().name() + " " + rule.rule();
                          out.withObject("/generations").put(name, rule.generation());
                          if (rule.policy() != null) {
                            out.withObject("/policies").put(name, rule.policy());
                          }
                        }));
    report.policies().forEach(policy -> put(out, policy, status -> status.conditions()));
    report.consumers().forEach(consumer -> put(out, consumer, status -> status.conditions()));
    report.consumers().forEach(consumer -> access(out, consumer));
    List<ModelStatus> models =
        report.models().stream()
            .map(view -> ModelStatus.of(view, Map.of(view.gateway(), view), null, NOW))
            .toList();
    models.forEach(model -> put(out, model.status(), status -> status.conditions()));
    Stream.concat(report.notices().stream(), models.stream().flatMap(any -> any.notices().stream()))
        .forEach(
            notice ->
                out.withArray("/events")
                    .add(
                        "%s %s %s"
                            .formatted(
                                notice.severity().wire(), notice.object(), notice.reason())));
    played.translation().services().forEach(key -> out.withArray("/services").add(key.toString()));
    out.put("values", played.translation().values().values().size());
    GatewayConfig config = played.translation().config();
    if (config != null) {
      Revision revision = Revision.parse(Revision.of(1, config).toJson());
      assertThat(revision.open()).isEqualTo(config);
      out.set("config", JSON.readTree(Json.write(revision.open())));
    }
    return out;
  }

  private static void access(ObjectNode out, ObjectStatus<ApiConsumerStatus> consumer) {
    String name = consumer.object().name();
    for (KeyInUse key : consumer.status().keys()) {
      out.withArray("/keys").add("%s %s %s".formatted(name, key.name(), key.sha256()));
    }
    for (RouteGrant route : consumer.status().routes()) {
      out.withArray("/grants")
          .add("%s %s %s: %s".formatted(name, route.name(), route.state().wire(), route.reason()));
    }
  }

  private static <S> void put(
      ObjectNode out, ObjectStatus<S> status, Function<S, List<Condition>> conditions) {
    for (Condition condition : conditions.apply(status.status())) {
      out.withArray("/conditions")
          .add(
              "%s %s=%s %s: %s"
                  .formatted(
                      status.object(),
                      condition.getType(),
                      condition.getStatus(),
                      condition.getReason(),
                      condition.getMessage()));
    }
  }

  private static JsonNode manifests(Snapshot snapshot) throws IOException {
    ObjectNode out = JSON.createObjectNode();
    GatewayManifests gateway =
        GatewayManifests.of(
            snapshot.gateway(),
            snapshot.facts(),
            PodSides.one(GatewayManifests.wantedSide(snapshot.gateway(), snapshot.facts())),
            List.of());
    gateway.wanted().forEach(object -> out.withArray("/gateway").add(tree(object)));
    gateway.unwanted().forEach(object -> out.withArray("/unwanted").add(object.toString()));
    RedisCache redis = snapshot.references().redis();
    if (redis != null) {
      RedisSnapshot redisSnapshot =
          new RedisSnapshot(
              redis,
              Map.of(),
              new TreeSet<>(Set.of("edge")),
              new RedisServer(RedisServer.Reach.ANSWERS, true, false),
              snapshot.facts().redisImage());
      RedisManifests.of(redisSnapshot, "a-password")
          .forEach(object -> out.withArray("/redis").add(tree(object)));
    }
    return out;
  }

  private static JsonNode tree(Object object) {
    return Serialization.unmarshal(Serialization.asJson(object), JsonNode.class);
  }

  private static Set<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
    }
  }

  private static void compare(Path golden, JsonNode outcome) throws IOException {
    String text = YAML.writeValueAsString(outcome);
    if (Boolean.getBoolean("warmgate.update")) {
      Files.writeString(golden, text);
    }
    assertThat(golden).exists();
    assertThat(text)
        .as(golden + "; -Dwarmgate.update=true rewrites it")
        .isEqualTo(Files.readString(golden));
  }
}
