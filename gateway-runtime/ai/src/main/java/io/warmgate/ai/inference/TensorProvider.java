package io.warmgate.ai.inference;

import io.warmgate.ai.Dialect;
import io.warmgate.ai.Provider;
import io.warmgate.ai.TranslationException;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.ErrorKind;
import io.warmgate.ai.chat.ModelError;
import io.warmgate.ai.chat.Outcome;
import io.warmgate.ai.stream.StreamEvent;
import io.warmgate.ai.stream.StreamReader;
import java.util.List;

/**
 * A server of tensors among providers of conversations: it has no words for one, and whatever it
 * says is no turn of one.
 */
public record TensorProvider(TensorProtocol protocol) implements Provider {
  @Override
  public Dialect dialect() {
    return protocol.dialect();
  }

  @Override
  public byte[] writeRequest(ChatRequest request) {
    throw new TranslationException("model", noTurn());
  }

  @Override
  public Outcome readAnswer(byte[] body) {
    return new Outcome.Failed(ModelError.of(ErrorKind.UNREADABLE, "The model " + noTurn() + "."));
  }

  @Override
  public StreamReader openStream() {
    return new StreamReader() {
      @Override
      public List<StreamEvent> read(byte[] chunk) {
        return List.of();
      }

      @Override
      public List<StreamEvent> end() {
        return List.of(
            new StreamEvent.Failed(
                ModelError.of(ErrorKind.UNREADABLE, "The model " + noTurn() + ".")));
      }
    };
  }

  @Override
  public ModelError readError(int status, byte[] body) {
    return new TensorErrors().readError(status, body);
  }

  private String noTurn() {
    return "takes tensors (" + protocol.dialect().title() + ") and holds no conversations";
  }
}
