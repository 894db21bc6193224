package io.warmgate.operator.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Model;
import io.warmgate.config.Rule;
import io.warmgate.config.Tensors;
import io.warmgate.config.admin.ServedVersions;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.FoundVersion;
import io.warmgate.operator.rollout.Sides;
import io.warmgate.operator.snapshot.PodSeen;
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

  private static final String FINGERPRINT = ", modelVersionFrom: SystemFingerprint";

  /** Where answers of a chat model are heard. */
  private static final String ANSWERS =
      "OPENAI https://api.openai.com:443/v1 gpt-5-mini system_fingerprint";

  private static Translation translate(
      String spec, @Nullable Translation ran, String status, String found, Sides... sides) {
    return translate(spec, "resnet", SERVER, ran, status, found, sides);
  }

  /**
   * @param status what the model's says was found at the server; empty: nothing
   * @param found by the gateway's one pod, the newest first; empty: it says nothing
   */
  private static Translation translate(
      String spec,
      String name,
      String server,
      @Nullable Translation ran,
      String status,
      String found,
      Sides... sides) {
    List<ApiRoute> routes = List.of(Snapshots.route("models", ROUTE));
    Snapshot bare = ran == null ? Snapshots.of(routes) : Snapshots.running(routes, config(ran));
    String[] remembered = status.split(" ");
    String said =
        status.isEmpty()
            ? ""
            : "\nstatus: {versions: [{gateway: other, model: %s, version: \"9\", server: \"%s\"}, {gateway: edge, model: %s, version: \"%s\", server: \"%s\"%s}]}"
                .formatted(
                    name,
                    server,
                    name,
                    remembered[0],
                    server,
                    remembered.length == 1 ? "" : ", changes: " + remembered[1]);
    AiModelBackend model =
        Serialization.unmarshal(
            "metadata: {name: eye, namespace: shop, uid: eye-uid, generation: 1}\nspec: {%s}%s"
                .formatted(spec, said),
            AiModelBackend.class);
    List<String> versions = Arrays.stream(found.split(" ")).filter(any -> !any.isEmpty()).toList();
    Snapshot snapshot =
        Snapshots.saying(
            bare,
            routes,
            model,
            List.of(new PodSeen("pod", "uid-pod", true, null, null, null)),
            versions.isEmpty()
                ? Map.of()
                : Map.of("uid-pod", List.of(new ServedVersions(server, versions, versions))));
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

  /**
   * @param before what the status says was heard, {@code version changes}; empty: nothing
   */
  private static Translation heard(String spec, String before, String found) {
    return translate(
        "provider: OpenAI, model: gpt-5-mini" + spec, "gpt-5-mini", ANSWERS, null, before, found);
  }

  private static List<FoundVersion> versions(Translation translation) {
    return Objects.requireNonNull(translation.versions().get("shop/eye"));
  }

  /** What is written is the same, and so is what is asked; what is kept is of another version. */
  @Test
  void whatAnswersNameIsARelease() {
    Translation none = heard("", NOTHING, NOTHING);
    Translation silent = heard(FINGERPRINT, NOTHING, NOTHING);
    Translation one = heard(FINGERPRINT, NOTHING, "fp_1");
    assertThat(versions(silent)).isEmpty();
    assertThat(versions(one))
        .containsExactly(new FoundVersion("edge", "gpt-5-mini", "fp_1", ANSWERS, 0));
    assertThat(List.of(release(silent), release(one)))
        .as("what is there is no release")
        .containsOnly(release(none));
    Translation two = heard(FINGERPRINT, "fp_1 0", "fp_2");
    assertThat(versions(two))
        .containsExactly(new FoundVersion("edge", "gpt-5-mini", "fp_2", ANSWERS, 1));
    assertThat(release(two)).isNotEqualTo(release(one));
    assertThat(config(two).models()).as("it is asked as before").isEqualTo(config(one).models());
    assertThat(release(heard(FINGERPRINT, "fp_2 1", NOTHING)))
        .as("nobody asks")
        .isEqualTo(release(two));
    Translation back = heard(FINGERPRINT, "fp_2 1", "fp_1");
    assertThat(List.of(release(one), release(two), release(back)))
        .as("what was kept meanwhile as of the first is of the second")
        .doesNotHaveDuplicates();
  }

  @Test
  void oneThatIsStillHeardStays() {
    Translation both = heard(FINGERPRINT, "fp_1 0", "fp_2 fp_1");
    assertThat(version(both)).contains("fp_1");
    assertThat(release(both)).isEqualTo(release(heard(FINGERPRINT, "fp_1 0", NOTHING)));
  }

  /** The operator begins anew, with a status that does not have what it has decided. */
  @Test
  void theSameIsDecidedTwice() {
    assertThat(release(heard(FINGERPRINT, "fp_1 3", "fp_2")))
        .isEqualTo(release(heard(FINGERPRINT, "fp_2 4", "fp_2")));
  }

  @Test
  void eachFieldSaysWhatItSays() {
    assertThat(version(heard(", modelVersionFrom: ResponseModel", "fp_1 1", "fp_1"))).isEmpty();
    assertThat(heard("", "fp_1 1", "fp_1").versions()).isEmpty();
    Translation byModel =
        translate(
            "provider: Anthropic, model: claude, modelVersionFrom: ResponseModel",
            "claude",
            "ANTHROPIC https://api.anthropic.com:443 claude model",
            null,
            NOTHING,
            "claude-2026-08-01");
    assertThat(version(byModel)).contains("claude-2026-08-01");
  }

  @Test
  void ofAListThoseAreHeardWhoseVersionIsNotSaid() {
    String list =
        "provider: OpenAI, modelVersionFrom: SystemFingerprint, models: [{name: gpt-5-mini}, {name:"
            + " gpt-5, modelVersion: \"1\"}, {name: \"*\"}]";
    Translation one = translate(list, "gpt-5-mini", ANSWERS, null, NOTHING, "fp_1");
    assertThat(versions(one))
        .containsExactly(new FoundVersion("edge", "gpt-5-mini", "fp_1", ANSWERS, 0));
  }

  @Test
  void otherModelsAreNotLookedFor() {
    Translation chat = translate("provider: OpenAI, model: gpt-5-mini", null, NOTHING, "1");
    assertThat(chat.versions()).isEmpty();
  }
}
