package io.warmgate.operator.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Model;
import io.warmgate.config.Rule;
import io.warmgate.config.Tensors;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.config.admin.ServedVersions;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.FoundVersion;
import io.warmgate.operator.rollout.Sides;
import io.warmgate.operator.snapshot.Fleet;
import io.warmgate.operator.snapshot.PodSeen;
import io.warmgate.operator.snapshot.ReferenceGrants;
import io.warmgate.operator.snapshot.References;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What was found at a server is a release, and is remembered for that server alone. */
class FoundVersionSidesTest {
  private static final String SPEC =
      "provider: KServeV2, model: resnet, endpoint: \"http://resnet:8080\"";
  private static final String SERVER = "KSERVE_V2 http://resnet:8080 resnet";
  private static final String ROUTE = "rules: [{backendRefs: [{kind: AiModelBackend, name: eye}]}]";
  private static final String NOTHING = "";

  /**
   * @param status what the model's says was found at {@link #SERVER}; empty: nothing
   * @param found by the gateway's one pod, the newest first; empty: it says nothing
   */
  private static Translation translate(
      String spec, @Nullable Translation ran, String status, String found, Sides... sides) {
    List<ApiRoute> routes = List.of(Snapshots.route("models", ROUTE));
    Snapshot bare = ran == null ? Snapshots.of(routes) : Snapshots.running(routes, config(ran));
    String said =
        status.isEmpty()
            ? ""
            : "\nstatus: {versions: [{gateway: other, model: resnet, version: \"9\", server: \"%s\"}, {gateway: edge, model: resnet, version: \"%s\", server: \"%s\"}]}"
                .formatted(SERVER, status, SERVER);
    AiModelBackend model =
        Serialization.unmarshal(
            "metadata: {name: eye, namespace: shop, uid: eye-uid, generation: 1}\nspec: {%s}%s"
                .formatted(spec, said),
            AiModelBackend.class);
    List<String> versions = Arrays.stream(found.split(" ")).filter(any -> !any.isEmpty()).toList();
    Snapshot snapshot =
        new Snapshot(
            bare.gateway(),
            Snapshots.attached(routes, model),
            new References(null, Map.of(), Map.of(), Map.of(), ReferenceGrants.none()),
            new Fleet(
                bare.fleet().revisions(),
                new SecretValues(Map.of()),
                List.of(new PodSeen("pod", "uid-pod", true, null, null, null)),
                List.of(),
                List.of(),
                Map.of(),
                versions.isEmpty()
                    ? Map.of()
                    : Map.of("uid-pod", List.of(new ServedVersions(SERVER, versions, versions))),
                bare.fleet().workload()),
            bare.facts());
    return Translator.translate(
        snapshot,
        sides.length == 0 ? Map.of() : Map.of("shop/models", sides[0]),
        null,
        new RouteMemo());
  }

  private static GatewayConfig config(Translation translation) {
    return Objects.requireNonNull(translation.config());
  }

  private static Tensors asked(GatewayConfig config, List<Rule> rules) {
    return Objects.requireNonNull(model(config, rules).tensors());
  }

  private static Model model(GatewayConfig config, List<Rule> rules) {
    String id = rules.getFirst().backends().getFirst().model();
    return config.models().stream().filter(any -> any.id().equals(id)).findFirst().orElseThrow();
  }

  private static String release(Translation translation) {
    return Objects.requireNonNull(translation.releases().get("shop/models")).wanted().name();
  }

  private static Optional<String> version(Translation translation) {
    return Objects.requireNonNull(translation.versions().get("shop/eye")).stream()
        .map(FoundVersion::version)
        .findFirst();
  }

  @Test
  void anotherVersionIsARelease() {
    Translation none = translate(SPEC, null, NOTHING, NOTHING);
    Translation one = translate(SPEC, null, NOTHING, "1");
    Translation two = translate(SPEC, null, NOTHING, "2 1");
    assertThat(List.of(release(none), release(one), release(two))).doesNotHaveDuplicates();
    assertThat(version(none)).isEmpty();
    assertThat(version(two)).contains("2");
    Translation both =
        translate(SPEC, one, NOTHING, "2 1", new Sides(release(one), release(two), 30));
    GatewayConfig config = config(both);
    List<Rule> blue = config.routes().getFirst().rules();
    List<Rule> green = Objects.requireNonNull(config.routes().getFirst().shift()).rules();
    assertThat(asked(config, blue).found()).isEqualTo("1");
    assertThat(asked(config, green).found()).isEqualTo("2");
    assertThat(model(config, blue).id()).startsWith("shop/eye#");
    assertThat(model(config, green).id()).isEqualTo("shop/eye");
    Translation back = translate(SPEC, both, NOTHING, "1", new Sides(release(one), null, 0));
    assertThat(config(back)).as("it is there no more: the way back").isEqualTo(config(one));
  }

  @Test
  void whatIsSaidIsWhatIsFoundWhereItIsTheSame() {
    String pinned = SPEC + ", modelVersion: \"2\"";
    Translation found = translate(SPEC, null, NOTHING, "2 1");
    Translation said = translate(pinned, found, NOTHING, "2 1");
    assertThat(release(said)).isEqualTo(release(found));
    assertThat(said.versions()).isEmpty();
    assertThat(asked(config(said), config(said).routes().getFirst().rules()))
        .isEqualTo(new Tensors("2", null));
    Translation free = translate(SPEC, said, NOTHING, NOTHING);
    assertThat(release(free)).as("until pods say what there is").isEqualTo(release(said));
    assertThat(version(free)).contains("2");
  }

  @Test
  void whatRunsIsRememberedWhilePodsSayNothing() {
    Translation two = translate(SPEC, null, NOTHING, "2 1");
    Translation restarted = translate(SPEC, two, NOTHING, NOTHING);
    assertThat(config(restarted)).isEqualTo(config(two));
    Translation moved = translate(SPEC.replace("resnet:8080", "resnet:9090"), two, "2", NOTHING);
    assertThat(version(moved)).as("of another server nothing is known").isEmpty();
  }

  /** A release that was aborted is not what runs, and must not be forgotten over a restart. */
  @Test
  void whatTheStatusSaysGoesFirst() {
    Translation one = translate(SPEC, null, NOTHING, "1");
    Translation two = translate(SPEC, one, "1", "2 1");
    Translation restarted = translate(SPEC, one, "2", NOTHING);
    assertThat(release(restarted)).isEqualTo(release(two)).isNotEqualTo(release(one));
  }

  @Test
  void bothFormsAreRemembered() {
    Translation one = translate(SPEC, null, NOTHING, "1");
    Translation two = translate(SPEC, one, NOTHING, "2 1");
    Translation both =
        translate(SPEC, one, NOTHING, "2 1", new Sides(release(one), release(two), 0));
    assertThat(version(translate(SPEC, both, NOTHING, NOTHING)))
        .as("as it is written")
        .contains("2");
    Translation aborted = translate(SPEC, both, NOTHING, "2 1", new Sides(release(one), null, 0));
    assertThat(config(aborted).models()).extracting(Model::id).noneMatch("shop/eye"::equals);
    assertThat(version(translate(SPEC, aborted, NOTHING, NOTHING))).as("as it runs").contains("1");
  }

  @Test
  void otherModelsAreNotLookedFor() {
    Translation chat = translate("provider: OpenAI, model: gpt-5-mini", null, NOTHING, "1");
    assertThat(chat.versions()).isEmpty();
  }
}
