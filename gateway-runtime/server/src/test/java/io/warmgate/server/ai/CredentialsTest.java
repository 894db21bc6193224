package io.warmgate.server.ai;

import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.warmgate.aisimulator.AiSimulator;
import io.warmgate.aisimulator.SimulatorOptions;
import io.warmgate.config.Model;
import io.warmgate.config.Tensors;
import io.warmgate.config.admin.CredentialState;
import io.warmgate.config.admin.CredentialState.Verdict;
import io.warmgate.server.FreePort;
import io.warmgate.server.credential.CredentialBook;
import io.warmgate.server.credential.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a pod finds out of the credentials that it asks models with. */
class CredentialsTest {
  /** Seldom where all is well, and else soon. */
  private static final Pace PACE = new Pace(600_000, 20, 20);

  private final ModelPod pod = new ModelPod();
  private final CredentialBook book = pod.pod.proving(PACE);

  @AfterEach
  void end() {
    pod.close();
  }

  private Model model(String name, Model.Provider provider, @Nullable String key) {
    return new Model(
        "test/" + name,
        provider,
        name,
        List.of(name),
        key == null ? null : pod.pod.value(key),
        4096,
        List.of(),
        provider.takesTensors() ? Tensors.PLAIN : null,
        null,
        SimulatedGateway.region(provider),
        List.of());
  }

  private Model.Key key(String value) {
    return new Model.Key(Objects.requireNonNull(pod.pod.value(value)), 1);
  }

  private List<Verdict> verdicts() {
    return book.states().stream().map(CredentialState::verdict).toList();
  }

  private void awaitVerdicts(Verdict... expected) {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(verdicts()).containsExactly(expected));
  }

  private static String detail(CredentialState state) {
    return String.valueOf(state.detail());
  }

  /** Each provider as it is, with a key that is good and one that is not. */
  @ParameterizedTest
  @EnumSource(
      value = Model.Provider.class,
      names = {"KSERVE_V2", "TF_SERVING", "BEDROCK"},
      mode = EnumSource.Mode.EXCLUDE)
  void aKeyIsGoodOrNot(Model.Provider provider) {
    try (AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests())) {
      int port = simulator.url().getPort();
      String base = SimulatedGateway.basePath(provider);
      pod.model(model("a", provider, SimulatorOptions.DEFAULT_KEY), port, base)
          .model(model("b", provider, "sk-that-is-wrong"), port, base)
          .serve();
      awaitVerdicts(Verdict.ACCEPTED, Verdict.REFUSED);
      assertThat(detail(book.states().getLast())).isNotEmpty().doesNotContain("that-is-wrong");
    }
  }

  @Test
  void ofSeveralKeysEachIsAskedAbout() {
    try (AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests())) {
      Model pool =
          model("a", Model.Provider.OPENAI, null)
              .withKeys(List.of(key("sk-that-is-wrong"), key(SimulatorOptions.DEFAULT_KEY)));
      pod.model(pool, simulator.url().getPort(), "/v1").serve();
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () ->
                  assertThat(book.states())
                      .extracting(CredentialState::fingerprint, CredentialState::verdict)
                      .containsExactlyInAnyOrder(
                          tuple(pool.keys().getFirst().value().fingerprint(), Verdict.REFUSED),
                          tuple(pool.keys().getLast().value().fingerprint(), Verdict.ACCEPTED)));
    }
  }

  /** Nothing there can be asked for free. */
  @Test
  void ofBedrockTheFirstAnswerTells() {
    try (AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests())) {
      pod.model(
              model("sim-1", Model.Provider.BEDROCK, SimulatorOptions.DEFAULT_KEY),
              simulator.url().getPort(),
              SimulatedGateway.basePath(Model.Provider.BEDROCK))
          .serve();
      awaitVerdicts(Verdict.UNTOLD);
      assertThat(pod.post(OPENAI, question("sim-1", "hi")).statusCode()).isEqualTo(200);
      awaitVerdicts(Verdict.ACCEPTED);
    }
  }

  /** Nothing stops meanwhile, and the new key's word is its own. */
  @Test
  void anotherKeyIsAskedForAtOnce() {
    try (AiSimulator simulator =
        AiSimulator.start(new SimulatorOptions("127.0.0.1", 0, Set.of("old", "new"), 1))) {
      int port = simulator.url().getPort();
      pod.model(model("sim-1", Model.Provider.OPENAI, "old"), port, "/v1").serve();
      awaitVerdicts(Verdict.ACCEPTED);
      String before = book.states().getFirst().fingerprint();
      pod.changed(any -> model("sim-1", Model.Provider.OPENAI, "worse")).serve();
      awaitVerdicts(Verdict.REFUSED);
      assertThat(book.states().getFirst().fingerprint()).isNotEqualTo(before);
      assertThat(pod.post(OPENAI, question("sim-1", "hi")).statusCode()).isEqualTo(502);
      pod.changed(any -> model("sim-1", Model.Provider.OPENAI, "new")).serve();
      awaitVerdicts(Verdict.ACCEPTED);
      assertThat(pod.post(OPENAI, question("sim-1", "hi")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aProviderThatIsAwayIsAskedAgain() {
    int port = FreePort.onLoopback();
    pod.model(model("a", Model.Provider.OPENAI, SimulatorOptions.DEFAULT_KEY), port, "/v1").serve();
    awaitVerdicts(Verdict.UNREACHABLE);
    assertThat(detail(book.states().getFirst())).contains("cannot be asked");
    SimulatorOptions there =
        new SimulatorOptions("127.0.0.1", port, Set.of(SimulatorOptions.DEFAULT_KEY), 1);
    try (AiSimulator _ = AiSimulator.start(there)) {
      awaitVerdicts(Verdict.ACCEPTED);
    }
  }

  /** Who is too busy says nothing of the key; and is left alone for as long as he says. */
  @Test
  void whoIsBusySaysNothing() {
    try (ScriptedProvider busy = new ScriptedProvider(CredentialsTest::busy)) {
      pod.model(model("a", Model.Provider.OPENAI, "sk-1"), busy.port(), "/v1").serve();
      awaitVerdicts(Verdict.UNREACHABLE);
      assertThat(detail(book.states().getFirst())).contains("429", "slow down");
      assertThat(busy.last().head()).startsWith("GET /v1/models ");
      pod.serve();
      assertThat(busy.requests).as("the same key is not asked for anew").hasSize(1);
    }
  }

  private static void busy(ScriptedProvider.Request request) throws java.io.IOException {
    request.answer(
        "429 Too Many Requests",
        "Content-Type: application/json\r\nRetry-After: 300\r\n",
        "",
        "{\"error\":{\"message\":\"slow down\",\"code\":\"rate_limit_exceeded\"}}");
  }

  /** A list that anybody may read proves nothing; the first answer does, either way. */
  @Test
  void aListThatIsOpenToAllProvesNothing() {
    try (ScriptedProvider open = new ScriptedProvider(CredentialsTest::open)) {
      pod.model(model("good", Model.Provider.OPENAI_COMPATIBLE, "sk-good"), open.port(), "/v1")
          .model(model("poor", Model.Provider.OPENAI_COMPATIBLE, "sk-poor"), open.port(), "/v1")
          .serve();
      awaitVerdicts(Verdict.UNTOLD, Verdict.UNTOLD);
      pod.post(OPENAI, question("good", "hi"));
      pod.post(OPENAI, question("poor", "hi"));
      awaitVerdicts(Verdict.ACCEPTED, Verdict.REFUSED);
      assertThat(detail(book.states().getLast())).isEqualTo("who are you");
      // Both are checked once more since, and the list does not take back what questions proved.
      await()
          .until(
              () ->
                  open.requests.stream().filter(any -> any.head().startsWith("GET")).count() >= 8);
      awaitVerdicts(Verdict.ACCEPTED, Verdict.REFUSED);
    }
  }

  private static void open(ScriptedProvider.Request request) throws java.io.IOException {
    if (request.head().startsWith("GET")) {
      request.answer("{\"object\":\"list\",\"data\":[]}");
    } else if (request.field("authorization").equals("Bearer sk-good")) {
      request.answer(Said.OPENAI_ANSWER);
    } else {
      request.answer(
          "401 Unauthorized", "application/json", "{\"error\":{\"message\":\"who are you\"}}");
    }
  }

  /** A server that looks at keys is found out by asking it without one. */
  @Test
  void serversOfTensorsAreAskedWhetherTheyAreReady() {
    try (ScriptedProvider server = new ScriptedProvider(CredentialsTest::guarded);
        ScriptedProvider plain = new ScriptedProvider(request -> request.answer("{}"))) {
      pod.model(model("a", Model.Provider.KSERVE_V2, "sk-good"), server.port(), "")
          .model(model("b", Model.Provider.KSERVE_V2, "sk-poor"), server.port(), "")
          .model(model("c", Model.Provider.TF_SERVING, null), plain.port(), "/base")
          .model(model("d", Model.Provider.KSERVE_V2, null), server.port(), "")
          .serve();
      awaitVerdicts(Verdict.ACCEPTED, Verdict.REFUSED, Verdict.ACCEPTED, Verdict.REFUSED);
      assertThat(plain.requests)
          .singleElement()
          .satisfies(one -> assertThat(one.head()).startsWith("GET /base/v1/models/c "));
    }
  }

  private static void guarded(ScriptedProvider.Request request) throws java.io.IOException {
    if (request.field("authorization").equals("Bearer sk-good")) {
      request.answer("{\"ready\":true}");
    } else {
      request.answer("401 Unauthorized", "application/json", "{\"error\":\"no token\"}");
    }
  }

  /** Two models with one key at one place are one check. */
  @Test
  void oneKeyIsCheckedOnce() {
    try (ScriptedProvider provider = new ScriptedProvider(request -> request.answer("{}"))) {
      pod.model(model("a", Model.Provider.OPENAI, "sk-1"), provider.port(), "/v1")
          .model(model("b", Model.Provider.OPENAI, "sk-1"), provider.port(), "/v1")
          .serve();
      awaitVerdicts(Verdict.ACCEPTED, Verdict.ACCEPTED);
      assertThat(provider.requests).hasSize(1);
    }
  }
}
