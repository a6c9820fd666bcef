;;; drive.el --- One scenario in a manifest, in Emacs without a screen  -*- lexical-binding: t -*-

;; Loaded behind the page's snippet: emacs --batch -q -l init.el -l drive.el
;; AMP_SCENARIO names a function; what it returns is written as JSON to the file AMP_ANSWER.

(require 'eglot)
(require 'json)

(defun amp-wait (what holds)
  "Wait until HOLDS returns something, and return that; WHAT is for the error."
  (let ((looks 800) found)
    (while (not (setq found (funcall holds)))
      (when (< (setq looks (1- looks)) 0)
        (error "It never came: %s" what))
      (accept-process-output nil 0.05))
    found))

(defun amp-diagnostics (count)
  "Wait until there are COUNT diagnostics, and return them."
  ;; eglot tells the server of a change when Emacs rests, as it never does here, or saves.
  (save-buffer)
  (amp-wait "diagnostics" (lambda () (= count (length (flymake-diagnostics)))))
  (flymake-diagnostics))

(defun amp-go (words)
  "Put point on the first place of WORDS."
  (goto-char (point-min))
  (search-forward words)
  (goto-char (match-beginning 0)))

(defun amp-told (diagnostics)
  "What each of DIAGNOSTICS underlines, and what it says."
  (vconcat (mapcar (lambda (diagnostic)
                     (vector (buffer-substring-no-properties (flymake-diagnostic-beg diagnostic)
                                                             (flymake-diagnostic-end diagnostic))
                             (substring-no-properties (flymake-diagnostic-text diagnostic))))
                   diagnostics)))

(defun amp-diagnose ()
  (amp-told (amp-diagnostics 1)))

(defun amp-err ()
  (amp-diagnostics 1)
  (amp-go "hubspot")
  (insert "🙂")
  (amp-told (amp-diagnostics 2)))

(defun amp-hover ()
  (amp-go "30 ")
  (eldoc t)
  (amp-wait "hover" (lambda ()
                      (and (buffer-live-p eldoc--doc-buffer)
                           (with-current-buffer eldoc--doc-buffer
                             (and (> (buffer-size) 0) (buffer-string)))))))

(defun amp-complete ()
  (amp-go "          requiredFields")
  (insert "          mapToN\n")
  (backward-char)
  (completion-at-point)
  (insert "people")
  (buffer-string))

(defun amp-fix ()
  (let ((diagnostic (car (amp-diagnostics 1)))
        ;; A key, so that eglot asks here instead of with a menu under the mouse.
        (last-nonmenu-event ?x)
        offered)
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_prompt choices &rest _)
                 (setq offered (mapcar #'car choices))
                 (car offered))))
      (eglot-code-actions (flymake-diagnostic-beg diagnostic)
                          (flymake-diagnostic-end diagnostic) nil t))
    (amp-diagnostics 0)
    (vector (vconcat offered) (buffer-string))))

(defun amp-rename ()
  (amp-go "contacts")
  (eglot-rename "leads")
  (buffer-string))

(defun amp-served ()
  (if (eglot-managed-p) t :json-false))

(setq enable-local-variables nil
      vc-handled-backends nil)
(find-file (getenv "AMP_FILE"))
;; eglot starts a server behind the first command, and without a screen there is none.
(run-hooks 'post-command-hook)
(when (derived-mode-p 'amp-manifest-mode)
  (amp-wait "server" #'eglot-managed-p))
(let ((coding-system-for-write 'utf-8)
      (answer (funcall (intern (getenv "AMP_SCENARIO")))))
  (write-region (json-encode answer) nil (getenv "AMP_ANSWER")))
(mapc #'eglot-shutdown (apply #'append (hash-table-values eglot--servers-by-project)))
