package io.warmgate.aisimulator.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Call;
import io.warmgate.aisimulator.exchange.Desk;
import io.warmgate.aisimulator.exchange.Dialect;
import io.warmgate.aisimulator.exchange.Framing;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.exchange.ServerEvent;
import io.warmgate.aisimulator.model.RateStanding;
import io.warmgate.aisimulator.model.ServedModels;
import io.warmgate.aisimulator.shape.Fault;
import java.net.URLDecoder;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The Converse API under {@code /model}. Each key that is accepted is one of Bedrock's API keys,
 * and the secret of both access keys, too.
 */
public final class BedrockDialect implements Dialect {
  /** What its paths begin with. */
  public static final String BASE = "/model/";

  /** Of a user. */
  public static final String ACCESS_KEY_ID = "AKIASIMULATOR0000000";

  /** Of a session, whose token is asked for, too. */
  public static final String SESSION_KEY_ID = "ASIASIMULATOR0000000";

  /** Of that session. */
  public static final String SESSION_TOKEN = "token-of-the-simulators-session";

  private static final Framing FRAMING = new EventFrames();

  private final Authentication authentication;
  private final Converse converse;

  /**
   * The API.
   *
   * @param keys API keys that are accepted
   */
  public BedrockDialect(Set<String> keys, ServedModels models, InstantSource clock) {
    this.authentication = new Authentication(keys, clock);
    this.converse = new Converse(this, models);
  }

  @Override
  public Answer answer(Call call) throws Refused {
    authentication.check(call);
    int slash = call.path().lastIndexOf('/');
    // A slash of the model's own is encoded.
    if (!call.method().equals("POST") || slash != call.path().indexOf('/', BASE.length())) {
      throw unknown();
    }
    String model = URLDecoder.decode(call.path().substring(BASE.length(), slash), UTF_8);
    try {
      return switch (call.path().substring(slash + 1)) {
        case "converse" -> converse.answer(model, call.json(), Desk.Mode.WHOLE);
        case "converse-stream" -> converse.answer(model, call.json(), Desk.Mode.STREAMED);
        default -> throw unknown();
      };
    } catch (Fault fault) {
      throw BedrockFaults.say(fault);
    }
  }

  private static Refused unknown() {
    return Refused.of(404, "").ofType("UnknownOperationException");
  }

  /** What kind of error it is its head says. */
  @Override
  public Map<String, String> errorHeaders(Refused refused) {
    Map<String, String> headers = new HashMap<>(refused.headers());
    headers.put("x-amzn-requestid", converse.nextId());
    headers.put("x-amzn-errortype", type(refused) + ":http://internal.amazon.com/coral/");
    return headers;
  }

  @Override
  public ObjectNode error(Refused refused) {
    return JsonNodeFactory.instance.objectNode().put("message", refused.message());
  }

  private static String type(Refused refused) {
    if (refused.type() != null) {
      return refused.type();
    }
    return switch (refused.status()) {
      case 400, 413 -> "ValidationException";
      case 403 -> "AccessDeniedException";
      case 404 -> "ResourceNotFoundException";
      case 408 -> "ModelTimeoutException";
      case 424 -> "ModelErrorException";
      case 429 -> "ThrottlingException";
      case 503 -> "ServiceUnavailableException";
      default -> "InternalServerException";
    };
  }

  /** In a stream its name begins with a small letter. */
  @Override
  public ServerEvent errorEvent(Refused refused) {
    String type = type(refused);
    String name = Character.toLowerCase(type.charAt(0)) + type.substring(1);
    return new ServerEvent(name, error(refused).toString(), ServerEvent.Part.TERMINAL, 0);
  }

  @Override
  public Framing framing() {
    return FRAMING;
  }

  /** It says nothing of what is left. */
  @Override
  public Map<String, String> limits(RateStanding standing) {
    return Map.of();
  }
}
