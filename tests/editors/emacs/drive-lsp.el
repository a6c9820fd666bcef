;;; drive-lsp.el --- One scenario in a manifest, with lsp-mode and without a screen  -*- lexical-binding: t -*-

;; Loaded behind the page's snippet: emacs --batch -q -l init.el -l drive-lsp.el
;; AMP_SCENARIO names a function; what it returns is written as JSON to the file AMP_ANSWER.

(require 'lsp-mode)
(require 'json)

(defun amp-wait (what holds)
  "Wait until HOLDS returns something, and return that; WHAT is for the error."
  (let ((looks 800) found)
    (while (not (setq found (funcall holds)))
      (when (< (setq looks (1- looks)) 0)
        (error "It never came: %s" what))
      (accept-process-output nil 0.05))
    found))

(defun amp-found ()
  "The diagnostics of the manifest."
  (gethash (lsp--fix-path-casing buffer-file-name) (lsp-diagnostics t)))

(defun amp-go (words)
  "Put point on the first place of WORDS."
  (goto-char (point-min))
  (search-forward words)
  (goto-char (match-beginning 0)))

(defun amp-diagnostics (count)
  (amp-wait "diagnostics" (lambda () (= count (length (amp-found)))))
  (amp-found))

(defun amp-diagnose ()
  (vconcat (mapcar (lambda (one)
                     (let ((region (lsp--range-to-region (gethash "range" one))))
                       (vector (buffer-substring-no-properties (car region) (cdr region))
                               (gethash "message" one))))
                   (amp-diagnostics 1))))

(defun amp-hover ()
  (amp-diagnostics 1)
  (amp-go "30 ")
  (gethash "value" (gethash "contents" (lsp-request "textDocument/hover"
                                                    (lsp--text-document-position-params)))))

(defun amp-complete ()
  (amp-diagnostics 1)
  (amp-go "          requiredFields")
  (insert "          mapToN\n")
  (backward-char)
  ;; lsp-mode also finds keys that only have these letters in this order, so there is a list.
  (completion-at-point)
  (save-window-excursion
    (switch-to-completions)
    (call-interactively (key-binding (kbd "RET"))))
  (insert "people")
  (buffer-string))

(defun amp-fix ()
  (amp-diagnostics 1)
  (amp-go "promt")
  (let ((actions (append (lsp-code-actions-at-point) nil)))
    (lsp-execute-code-action (car actions))
    (vector (vconcat (mapcar (lambda (one) (gethash "title" one)) actions)) (buffer-string))))

(defun amp-rename ()
  (amp-diagnostics 1)
  (amp-go "contacts")
  (lsp-rename "leads")
  (buffer-string))

(setq enable-local-variables nil
      vc-handled-backends nil
      lsp-auto-guess-root t
      lsp-use-plists nil)
(find-file (getenv "AMP_FILE"))
(lsp)
(amp-wait "server" (lambda () (lsp-workspaces)))
(let ((coding-system-for-write 'utf-8)
      (answer (funcall (intern (getenv "AMP_SCENARIO")))))
  (write-region (json-encode answer) nil (getenv "AMP_ANSWER")))
(mapc #'lsp-workspace-shutdown (lsp-workspaces))
