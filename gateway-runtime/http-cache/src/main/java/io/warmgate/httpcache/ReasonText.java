package io.warmgate.httpcache;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Reason} means to a person: half a sentence that goes after "because", and what to
 * do about it.
 *
 * @param text lower-case, without a full stop
 * @param cure a sentence; null: there is nothing to be done, or nothing that is always right
 */
public record ReasonText(String text, @Nullable String cure) {

  /** Never null: each reason has its text. */
  public static ReasonText of(Reason reason) {
    return switch (reason) {
      case FRESH -> text("the entry is fresh");
      case STALE_ACCEPTED -> text("the entry is stale, and the request's `max-stale` accepts that");
      case STALE_WHILE_REVALIDATE ->
          text("the entry is stale, and may be served while the origin is asked");
      case STALE_IF_ERROR -> text("the entry is stale, and stands in for the origin's error");
      case VALIDATED -> text("the origin said that the entry is still right");

      case NOTHING_FOUND -> text("nothing is stored under this key");
      case OTHER_VARIANT ->
          text("what is stored is for other values of the fields that `Vary` names");
      case PURGED -> text("what was stored is purged");
      case UNREADABLE -> text("what is stored cannot be read: damaged, or of another version");

      case PARTLY_STORED -> text("what is stored is not all that was asked for");

      case STALE -> text("the entry's lifetime is over");
      case NO_CACHE -> text("the response says `no-cache`: it is asked for each time");
      case REQUEST_NO_CACHE -> text("the request says `no-cache`");
      case REQUEST_MAX_AGE -> text("the entry is older than the request's `max-age`");
      case REQUEST_MIN_FRESH ->
          text("the entry is not fresh for as long as the request's `min-fresh`");
      case HEAD_DIFFERS -> text("the origin's answer to a HEAD tells of another representation");

      case NO_POLICY ->
          text(
              "no CachePolicy reaches the rule",
              "A CachePolicy with this ApiRoute among its targetRefs caches it.");
      case METHOD ->
          text(
              "the method is not looked up",
              "`methods` of the CachePolicy has GET and HEAD, and POST where it is a question.");
      case REQUEST_CONTENT ->
          text(
              "the request has content that is not in the key", "A GET is cached without content.");
      case PRECONDITION -> text("the request has a precondition that is the origin's to evaluate");
      case RANGE -> text("parts were asked for, and the whole is not stored");
      case BYPASS ->
          text(
              "a condition of the policy's `bypass` holds",
              "The policy's `bypass` names the conditions.");
      case NO_CALLER ->
          text(
              "answers are kept for each caller, and who asks is not known",
              "The rule's `auth` has callers verified; a partition by claim needs a token that has"
                  + " the claim.");
      case UNKEYED_CLAIM ->
          text(
              "the backend is told a claim of the caller that is not in the key",
              "Key it: name the field in `key.headers`, or partition by the claim.");
      case LOG_LOST ->
          text(
              "purges may have been missed: neither Redis nor the operator was heard",
              "`consistency.onLogLoss: Serve` goes on serving then.");

      case ONLY_IF_CACHED ->
          text("the request says `only-if-cached`, and nothing usable is stored");

      case EXPLICIT -> text("the response says for how long it is fresh");
      case HEURISTIC -> text("the lifetime is guessed: a tenth of the time since `Last-Modified`");
      case POLICY_TTL -> text("the policy says for how long");
      case OVERRIDDEN -> text("the policy says for how long, whatever the response says");
      case FOR_VALIDATION ->
          text("the response is not fresh, and is kept to ask whether it is still right");

      case HEAD -> text("the answer to a HEAD has no content to keep", "Ask with GET.");
      case STATUS -> text("an answer of this status is for this request alone");
      case ERROR_STATUS -> text("errors other than 404, 410 and 451 are not shared");
      case MUST_UNDERSTAND ->
          text("the response says `must-understand`, and its status is not understood");
      case NO_STORE ->
          text("the response says `no-store`", "No policy overrides that: change the origin.");
      case REQUEST_NO_STORE -> text("the request says `no-store`");
      case PRIVATE ->
          text(
              "the response says `private`: it is for one user",
              "No policy overrides that: where it is for everybody, change the origin.");
      case AUTHORIZATION ->
          text(
              "the request has `Authorization`, and the response does not allow sharing",
              "`Cache-Control: public` or `s-maxage` allows it; `key.partitionBy: Credential` keeps"
                  + " an entry for each credential.");
      case CREDENTIALS_IN_URL ->
          text(
              "the URL has a credential or a session in it, and the response does not allow"
                  + " sharing",
              "`Cache-Control: public` or `s-maxage` allows it.");
      case SET_COOKIE ->
          text("the response sets a cookie", "Have the origin set no cookie on what is shared.");
      case COOKIE ->
          text(
              "the request has a cookie, and the response does not say that it is for everybody",
              "`max-age` or `public` says it; `key.cookies` keys cookies that matter,"
                  + " `key.ignoredCookies` names those that do not.");
      case VARY_WIDENED -> text("the 304 varies by more than the entry was chosen by");
      case VARY_ANY -> text("the response says `Vary: *`: no request matches it");
      case VARY_LIMIT ->
          text(
              "`Vary` names too many fields, or too many variants are stored",
              "Have the origin vary by less; `Vary: User-Agent` alone is too much.");
      case TAG_LIMIT -> text("the response has more tags than are kept, or longer ones");
      case NO_FRESHNESS ->
          text(
              "the response does not say for how long it is fresh, and nothing lets guess it",
              "`Cache-Control: max-age` says it, or `ttl.default`, `ttl.byStatus` of the policy.");
      case EXPIRED ->
          text(
              "the response came stale, and nothing is there to validate it with",
              "`max-age` above 0, an `ETag`, or `mode: Override` with `ttl.default`.");
      case TOO_LARGE ->
          text(
              "the body is larger than an entry may be",
              "`maxBodySize` of the policy, `cache.local.maxMemory` of the gateway (an eighth).");
      case TOO_SMALL -> text("the body is smaller than `minBodySize`");
      case RARELY_ASKED -> text("it was not asked for as often as `minUses` wants");
      case UNSTORED ->
          text(
              "a condition of the policy's `noStore` holds",
              "The policy's `noStore` names the conditions.");
      case INCOMPLETE -> text("the response did not arrive whole");
      case NO_STRONG_TAG ->
          text(
              "the part has no strong `ETag` to tell it from one of another representation",
              "Have the origin send an `ETag` without `W/`.");
      case SEVERAL_PARTS -> text("the response is of several parts");
      case UNKNOWN_PART ->
          text("the response's `Content-Range` does not say which part it is, and of how much");
      case SUPERSEDED -> text("what a later request fetched is stored already");

      case STATEFUL ->
          text(
              "the provider keeps the conversation, or goes on from one that it kept",
              "`store: false`, and the whole conversation in each request.");
      case MANY_CHOICES -> text("several answers to one question were asked for");
      case LOGPROBS -> text("probabilities were asked for");
      case AUDIO -> text("there is speech in the question or in the answer");
      case HOSTED_TOOLS -> text("the provider runs tools, and what they find is of the moment");
      case REMOTE_IMAGE ->
          text(
              "a picture is behind a URL, and may be another one tomorrow",
              "Send the picture itself, as a `data:` URL or base64.");
      case NOT_JSON -> text("the answer is no JSON, which was asked for");
      case SENSITIVE ->
          text(
              "the question has an e-mail address, or a number of a card, a telephone, a bank"
                  + " account or social security in it",
              "`allowSensitive: true` in the CachePolicy, where answers may be kept all the same.");
      case FILE_REFERENCE ->
          text("a file at the provider's is named, whose id says nothing of its content");
      case NOT_UNDERSTOOD -> text("it has content of a kind that the gateway does not know");
      case MODEL_STATE -> text("it was asked what a model is, or whether it is ready");
      case MODEL_ERROR -> text("the answer is an error, or cannot be read");
      case STREAM_CUT -> text("the stream broke off before its last event");
      case NO_STOP_REASON -> text("nothing says why the answer ended");
      case TRUNCATED ->
          text(
              "the answer was cut at its greatest length",
              "Let it be longer: `max_tokens` of the request, `defaultMaxTokens` of the model.");
      case FILTERED -> text("a content filter cut the answer");
      case REFUSED -> text("the model refused to answer, and may not when it is asked again");
      case PAUSED -> text("the provider wants to be asked to go on");
      case UNKNOWN_STOP_REASON ->
          text("the answer ended for a reason that the gateway does not know");
      case TOOL_CALLS ->
          text(
              "the answer calls tools that nobody declared read-only",
              "`readOnlyTools` of the AiModelBackend names those whose calls change nothing.");
      case MALFORMED_TOOL_CALL -> text("a tool's arguments are no JSON object");
      case EMPTY -> text("the model said nothing");
      case FALLBACK -> text("another model answered in the place of the one that was chosen");
      case SEVERAL_MODELS ->
          text("what is stored is of several models, whose vectors say nothing about each other");

      case VALIDATION_FAILED ->
          text("the origin failed to answer whether the entry is still right");
      case OTHER_REPRESENTATION ->
          text("the 304 is about another representation than the one stored");
    };
  }

  private static ReasonText text(String text) {
    return new ReasonText(text, null);
  }

  private static ReasonText text(String text, String cure) {
    return new ReasonText(text, cure);
  }
}
