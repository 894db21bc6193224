package io.warmgate.server.exchange;

import io.vertx.core.MultiMap;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.server.PreviewToken;

/** Whether a request asks to be answered by the other side, and may. */
final class Preview {
  private Preview() {}

  /**
   * Takes the token out of the request: nothing may be kept by it, and nobody is sent it.
   *
   * @throws ProblemException where the token is another
   */
  static boolean take(MultiMap headers, PreviewToken token) {
    String given = headers.get(AdminApi.PREVIEW_HEADER);
    if (given == null) {
      return false;
    }
    headers.remove(AdminApi.PREVIEW_HEADER);
    if (!token.is(given.strip())) {
      throw new ProblemException(Problem.PREVIEW_REFUSED);
    }
    return true;
  }
}
