package io.warmgate.server.ai;

import static io.warmgate.server.ai.Said.OPENAI;
import static io.warmgate.server.ai.Said.question;
import static io.warmgate.server.ai.Said.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionUsage;
import io.warmgate.config.Limit;
import io.warmgate.config.Limit.By;
import io.warmgate.config.Model;
import io.warmgate.config.Price;
import io.warmgate.server.cache.redis.RealRedis;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.Observer;
import io.warmgate.server.limit.LimitCounts.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four pods that spend one budget of tokens, against what the provider says they spent. */
class TokenFleetIT {
  private static final int CLIENTS = 1_000;

  /** What {@code hi} claims while answers write as much as they may. */
  private static final int CLAIM = PaidProvider.GUESSED_INPUT + 100;

  private static final long AMOUNT = 200L * CLAIM;
  private static final Pattern COUNT = Pattern.compile("[0-9]+:([0-9]+)");
  private static final Pattern KEY = Pattern.compile("wg:\\{uid-1}:limit:[0-9a-f]+");

  private final RealRedis redis = RealRedis.asUser("uid-1");
  private final PaidProvider provider = new PaidProvider();
  private final List<ModelPod> pods = Stream.generate(ModelPod::new).limit(4).toList();
  private final AtomicInteger admitted = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  @BeforeEach
  void begin() {
    redis.start();
    for (ModelPod pod : pods) {
      pod.model("gpt", Model.Provider.OPENAI, provider.port(), "/v1")
          .sharing(redis.address(), pods.size());
    }
  }

  @AfterEach
  void end() {
    pods.forEach(ModelPod::close);
    provider.close();
    redis.close();
  }

  private void serve(long amount) {
    serve(TokenLimitTest.tokens(By.ROUTE, amount));
  }

  private void serve(Limit limit) {
    for (ModelPod pod : pods) {
      pod.ruled(rule -> rule.withLimits(List.of(limit))).serve();
      pod.pod.awaitLimits();
    }
  }

  /** So many clients at once, each over connections of its own, with so many requests each. */
  private List<Future<Void>> storm(int clients, int requests) {
    CountDownLatch ready = new CountDownLatch(clients);
    List<Future<Void>> all = new ArrayList<>();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    for (int i = 0; i < clients; i++) {
      ModelPod pod = pods.get(i % pods.size());
      String body = i % 3 == 0 ? streamed("gpt", "hi") : question("gpt", "hi");
      all.add(
          threads.submit(
              () -> {
                for (int n = 0; n < requests; n++) {
                  ask(pod, body, n == 0 ? ready : new CountDownLatch(0));
                }
                return null;
              }));
    }
    threads.shutdown();
    return all;
  }

  private int ask(ModelPod pod, String body, CountDownLatch ready) {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), pod.port())) {
      socket.setSoTimeout(60_000);
      ready.countDown();
      ready.await();
      socket
          .getOutputStream()
          .write(
              "POST %s HTTP/1.1\r\nHost: edge\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                  .formatted(OPENAI, body.length(), body)
                  .getBytes(StandardCharsets.ISO_8859_1));
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      int status = Integer.parseInt(text.substring(9, 12));
      (status == 200 ? admitted : status == 429 ? refused : failed).incrementAndGet();
      return status;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private int askOne() {
    return ask(pods.getFirst(), question("gpt", "hi"), new CountDownLatch(0));
  }

  private static void awaitAll(List<Future<Void>> all) {
    for (Future<Void> one : all) {
      try {
        one.get(60, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new AssertionError(e);
      }
    }
  }

  private long calls(Call call) {
    return pods.stream().mapToLong(pod -> pod.pod.limits.counts().calls(call)).sum();
  }

  /** What all pods count in Redis, together. */
  private long counted() {
    Matcher key = KEY.matcher(redis.ask("KEYS wg:{uid-1}:limit:*"));
    long sum = 0;
    while (key.find()) {
      Matcher count = COUNT.matcher(redis.ask("GET " + key.group()));
      while (count.find()) {
        sum += Long.parseLong(count.group(1));
      }
    }
    return sum;
  }

  /** To the token: what was claimed and not taken was given back, and what was taken counts. */
  private void awaitCountedIsPaid() {
    await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(counted()).isEqualTo(provider.paid()));
  }

  private void print(String what, long amount) {
    System.out.printf(
        "four pods, %d tokens, %s: %d admitted, %d refused, %d failed, %d calls to the model, %d"
            + " tokens paid, %d counted, %d calls to Redis, %d failed%n",
        amount,
        what,
        admitted.get(),
        refused.get(),
        failed.get(),
        provider.calls.size(),
        provider.paid(),
        counted(),
        calls(Call.ANSWERED),
        calls(Call.FAILED));
  }

  @Test
  void noMoreBeginAtOnceThanTheBudgetCarries() {
    serve(AMOUNT);
    provider.hold();
    List<Future<Void>> all = storm(CLIENTS, 1);
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> refused.get() + provider.begun() == CLIENTS && refused.get() > 0);
    int begun = provider.begun();
    provider.letGo();
    awaitAll(all);
    awaitCountedIsPaid();
    print("a thousand clients at once", AMOUNT);
    assertThat(calls(Call.FAILED)).as("Redis answered").isZero();
    assertThat((long) begun * CLAIM).isBetween(AMOUNT * 9 / 10, AMOUNT);
    assertThat(provider.paid()).isEqualTo(5L * begun);
    assertThat(askOne()).as("they took less").isEqualTo(200);
  }

  /** Some streams, some cut, some errors; short ones and long ones. */
  @Test
  void neverMoreIsSpentThanWhatWasUnderWayWhenItRanOut() {
    Random random = new Random(1);
    provider.script =
        request -> {
          int kind;
          int input;
          int output;
          synchronized (random) {
            kind = random.nextInt(10);
            input = 1 + random.nextInt(20);
            output = 1 + random.nextInt(kind == 0 ? 1_000 : 100);
          }
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(output));
          if (kind == 9) {
            return PaidProvider.error(request);
          }
          if (!PaidProvider.isStream(request)) {
            return PaidProvider.whole(request, input, output);
          }
          return kind < 3
              ? PaidProvider.cut(request, output)
              : PaidProvider.streamed(request, input, output);
        };
    List<Told> told = new CopyOnWriteArrayList<>();
    pods.forEach(
        pod ->
            pod.watching =
                new Observer() {
                  @Override
                  public void inferred(Exchange exchange, Inference inference) {
                    told.add(new Told(System.nanoTime(), inference.tokens().total()));
                  }

                  @Override
                  public void ended(Exchange exchange) {}
                });
    serve(AMOUNT);
    awaitAll(storm(CLIENTS, 4));
    awaitCountedIsPaid();
    // What was put back at last is spent, too.
    await().atMost(30, TimeUnit.SECONDS).until(() -> askOne() == 429);
    awaitCountedIsPaid();
    print("answers of all kinds", AMOUNT);
    assertThat(calls(Call.FAILED)).as("Redis answered").isZero();
    assertThat(refused.get()).isPositive();
    assertThat(provider.paid())
        .isBetween(AMOUNT * 9 / 10, AMOUNT + underWay(told, provider.lastBegun()));
  }

  /**
   * What a call came to.
   *
   * @param at {@link System#nanoTime()}
   */
  private record Told(long at, long tokens) {}

  /** Of calls that a pod had not heard the end of when the last one began, or Redis not from it. */
  private static long underWay(List<Told> told, long last) {
    long lag = TimeUnit.MILLISECONDS.toNanos(300);
    return told.stream().filter(call -> call.at() + lag - last >= 0).mapToLong(Told::tokens).sum();
  }

  /** In money, of which a token costs a fraction of what is counted. */
  @Test
  void moneyIsCountedToTheBillionth() {
    Price price = new Price("USD", 250_037, 250_037, 250_037, 1_000_001);
    provider.script =
        request -> {
          int output = 1 + ThreadLocalRandom.current().nextInt(150);
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(output));
          return PaidProvider.isStream(request)
              ? PaidProvider.streamed(request, PaidProvider.GUESSED_INPUT, output)
              : PaidProvider.whole(request, PaidProvider.GUESSED_INPUT, output);
        };
    pods.forEach(pod -> pod.changed(model -> model.at(price)));
    Limit budget = CostLimitTest.money(By.ROUTE, AMOUNT / 4, Limit.Mode.ENFORCE);
    serve(budget);
    awaitAll(storm(CLIENTS, 1));
    await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(counted()).isEqualTo(cost(price)));
    // A refusal is remembered for a moment; what was put back meanwhile is spent, too.
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> askOne() == 429 && cost(price) >= budget.amount() * 9 / 10);
    await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(counted()).isEqualTo(cost(price)));
    print("billionths", budget.amount());
    assertThat(refused.get()).isPositive();
    assertThat(cost(price)).isBetween(budget.amount() * 9 / 10, 2 * budget.amount());
  }

  /**
   * Asked by OpenAI's SDK, before the simulator of two providers: a consumer's budget is spent by
   * what both say they took, to the billionth.
   */
  @Test
  void whatTheProvidersSayIsWhatIsSpent() {
    Price price = new Price("USD", 250_000, 25_000, 2_000_000, 500_000);
    Limit budget = CostLimitTest.money(By.CONSUMER, 3_000, Limit.Mode.ENFORCE);
    long spent = 0;
    try (SimulatedGateway openAi = new SimulatedGateway(Model.Provider.OPENAI);
        SimulatedGateway anthropic = new SimulatedGateway(Model.Provider.ANTHROPIC)) {
      List<SimulatedGateway> gateways = List.of(openAi, anthropic);
      for (SimulatedGateway gateway : gateways) {
        gateway
            .pod
            .changed(model -> model.at(price))
            .sharing(redis.address(), gateways.size())
            .ruled(rule -> rule.withAccess(GuardedTest.KEYS).withLimits(List.of(budget)))
            .serve();
        gateway.pod.pod.awaitLimits();
      }
      int asked = 0;
      try {
        for (; asked < 500; asked++) {
          CompletionUsage usage = usage(gateways.get(asked % 2), asked);
          long cached =
              usage
                  .promptTokensDetails()
                  .flatMap(CompletionUsage.PromptTokensDetails::cachedTokens)
                  .orElse(0L);
          spent +=
              price.nanos(usage.promptTokens() - cached, cached, usage.completionTokens(), 1, 0);
        }
      } catch (RateLimitException refused) {
        assertThat(refused.getMessage()).contains("budget");
      }
      System.out.printf(
          "two gateways, one budget of %d: %d answers for %d, then 429%n",
          budget.amount(), asked, spent);
      assertThat(asked).isBetween(2, 499);
      long all = spent;
      await()
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(() -> assertThat(counted()).isEqualTo(all));
      assertThat(all).isLessThanOrEqualTo(budget.amount());
    }
  }

  private static CompletionUsage usage(SimulatedGateway gateway, int question) {
    return gateway
        .openAi
        .chat()
        .completions()
        .create(
            ChatCompletionCreateParams.builder()
                .model("sim-1")
                .addUserMessage("Question " + question)
                .build())
        .usage()
        .orElseThrow();
  }

  private long cost(Price price) {
    return provider.calls.stream().mapToLong(call -> price.nanos(call.tokens(), 0, 0, 1, 0)).sum();
  }

  @Test
  void hitsCostNothing() {
    pods.forEach(pod -> pod.cached(ModelPod.KEPT));
    provider.script = request -> PaidProvider.whole(request, 60, 50);
    serve(CLAIM + 1);
    assertThat(askOne()).isEqualTo(200);
    awaitCountedIsPaid();
    awaitAll(storm(CLIENTS, 1));
    print("a thousand clients who ask what is kept", CLAIM + 1);
    assertThat(admitted).hasValue(CLIENTS + 1);
    assertThat(provider.begun()).isEqualTo(1);
    assertThat(counted()).isEqualTo(110);
    assertThat(ask(pods.getLast(), question("gpt", "ho"), new CountDownLatch(0))).isEqualTo(429);
  }

  /** Each takes what it claimed, so that the bound is known. */
  @Test
  void atMostTwiceTheAmountWhereRedisIsKilledInTheMiddle() {
    provider.script =
        request ->
            PaidProvider.isStream(request)
                ? PaidProvider.streamed(request, PaidProvider.GUESSED_INPUT, 100)
                : PaidProvider.whole(request, PaidProvider.GUESSED_INPUT, 100);
    serve(AMOUNT);
    List<Future<Void>> all = storm(100, 10);
    await().atMost(20, TimeUnit.SECONDS).until(() -> provider.paid() >= AMOUNT / 3);
    redis.kill();
    awaitAll(all);
    System.out.printf(
        "Redis killed after a third: %d of %d tokens paid%n", provider.paid(), AMOUNT);
    assertThat(provider.paid()).isBetween(AMOUNT / 3, 2 * AMOUNT);
    assertThat(admitted.get() + refused.get()).isEqualTo(CLIENTS);
    long before = provider.paid();
    redis.start();
    pods.forEach(pod -> pod.pod.awaitLimits());
    awaitAll(storm(CLIENTS, 1));
    print("and Redis back, empty", AMOUNT);
    assertThat(provider.paid()).isLessThanOrEqualTo(before + AMOUNT);
  }
}
