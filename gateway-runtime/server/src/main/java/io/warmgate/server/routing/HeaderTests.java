package io.warmgate.server.routing;

import io.vertx.core.MultiMap;
import io.warmgate.config.ValueMatch;
import java.util.List;

/** Header fields that name a request, compiled. */
public final class HeaderTests {
  private final List<ValueTest> tests;

  private HeaderTests(List<ValueTest> tests) {
    this.tests = tests;
  }

  /**
   * @param path of the list in the configuration, for the message
   * @throws io.warmgate.config.ConfigException where an expression is none
   */
  public static HeaderTests compile(String path, List<ValueMatch> matches) {
    return new HeaderTests(Candidate.tests(path, matches));
  }

  /** Whether there are some, and all of them hold. */
  public boolean name(MultiMap headers) {
    return !tests.isEmpty() && Candidate.allHold(tests, headers);
  }
}
